using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Volumes;

/// <summary>Binds claims and removes what claims leave behind, once no pod uses them any more.</summary>
internal sealed class VolumeClaimController(ObjectStore store, VolumeClaims claims) : IController
{
    public ObjectKind Kind => ClusterKinds.PersistentVolumeClaims;

    public IEnumerable<ObjectKey> Concerned(ObjectChange change)
    {
        if (change.Key.Kind == Kind)
        {
            return change.Type is ChangeType.Deleted ? [] : [change.Key];
        }

        var mayFree = change.Key.Kind == ClusterKinds.Pods && (change.Type is ChangeType.Deleted || PodStates.IsFinished(change.Object));
        return mayFree ? ClaimsOf(change.Object).Select(name => new ObjectKey(Kind, change.Key.Namespace, name)) : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Get(key) is not { } claim)
        {
            return null;
        }

        if (!claim.IsDeleting)
        {
            claims.Ensure(key.Namespace ?? "", key.Name);
        }
        else if (!store.List(ClusterKinds.Pods, key.Namespace).Any(pod => !PodStates.IsFinished(pod) && ClaimsOf(pod).Contains(key.Name)))
        {
            claims.Remove(claim);
        }

        return null;
    }

    private static IEnumerable<string> ClaimsOf(JsonObject pod) =>
        pod.Objects("spec", "volumes").Select(volume => volume.Text("persistentVolumeClaim", "claimName")).OfType<string>();
}
