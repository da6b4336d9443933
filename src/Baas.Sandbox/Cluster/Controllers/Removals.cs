using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Deletes objects that may be gone already.</summary>
internal static class Removals
{
    /// <summary>Deletes the object if it is there and, when a uid is given, is that one.</summary>
    public static void Discard(ObjectStore store, ObjectKey key, string? uid = null, int? graceSeconds = null)
    {
        if (store.Get(key) is not { } known || (uid is not null && known.Uid != uid))
        {
            return;
        }

        try
        {
            store.Delete(key, DeletePropagation.Background, graceSeconds);
        }
        catch (StatusException gone) when (gone.Status == 404)
        {
            // Somebody else was quicker: that is what was wanted.
        }
    }
}
