using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>Finds the objects that name an owner. Only used under the store's lock.</summary>
internal sealed class OwnerIndex
{
    private readonly Dictionary<string, HashSet<ObjectKey>> _owned = new(StringComparer.Ordinal);

    /// <summary>The index of a whole state.</summary>
    public static OwnerIndex Of(StoreState state)
    {
        var index = new OwnerIndex();
        foreach (var stored in state.All)
        {
            index.Move(stored.Key, null, stored.Object);
        }

        return index;
    }

    /// <summary>The objects that name the owner of that id.</summary>
    public IReadOnlyList<ObjectKey> OwnedBy(string uid) => _owned.TryGetValue(uid, out var keys) ? [.. keys] : [];

    /// <summary>Follows one change.</summary>
    public void Move(ObjectKey key, JsonObject? before, JsonObject? after)
    {
        foreach (var uid in UidsOf(before))
        {
            if (_owned.TryGetValue(uid, out var keys) && keys.Remove(key) && keys.Count == 0)
            {
                _owned.Remove(uid);
            }
        }

        foreach (var uid in UidsOf(after))
        {
            if (!_owned.TryGetValue(uid, out var keys))
            {
                _owned[uid] = keys = [];
            }

            keys.Add(key);
        }
    }

    private static IEnumerable<string> UidsOf(JsonObject? subject) => subject is null ? [] : subject.Owners.Select(owner => owner.Text("uid")).OfType<string>();
}
