using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Keeps the number of pods that ReplicaSets ask for.</summary>
internal sealed class ReplicaSetController(ObjectStore store, EventRecorder events) : IController
{
    private readonly TemplatePods _pods = new(store, events, ClusterKinds.ReplicaSets);

    public ObjectKind Kind => ClusterKinds.ReplicaSets;

    public IEnumerable<ObjectKey> Concerned(ObjectChange change) => Ownership.SelfOrController(change, Kind);

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Get(key) is not { } set || set.IsDeleting)
        {
            return null;
        }

        var pods = _pods.Of(set);
        foreach (var finished in pods.Where(PodStates.IsFinished))
        {
            _pods.Remove(set, finished);
        }

        var live = pods.Where(pod => !PodStates.IsFinished(pod) && !pod.IsDeleting).OrderByDescending(PodStates.IsReady).ToList();
        var wanted = (int)(set.Number("spec", "replicas") ?? 1);
        for (var count = live.Count; count < wanted; count++)
        {
            _pods.Make(set);
        }

        foreach (var surplus in live.Skip(wanted))
        {
            _pods.Remove(set, surplus);
        }

        var ready = live.Count(PodStates.IsReady);
        StatusWrites.Replace(store, key, new JsonObject
        {
            // Pods that are ending count: a Deployment waits for them before it makes new ones.
            ["replicas"] = pods.Count(pod => !PodStates.IsFinished(pod)),
            ["fullyLabeledReplicas"] = live.Count,
            ["readyReplicas"] = ready,
            ["availableReplicas"] = ready,
            ["observedGeneration"] = set.Number("metadata", "generation") ?? 1,
        });
        return null;
    }
}
