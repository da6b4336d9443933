using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>
/// Rolls Deployments out. Every strategy acts as Recreate: a pod has its Service's own address, so the old one has to go before the new one comes.
/// </summary>
internal sealed class DeploymentController(ObjectStore store, EventRecorder events) : IController
{
    private const string HashLabel = "pod-template-hash";
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    public ObjectKind Kind => ClusterKinds.Deployments;

    public IEnumerable<ObjectKey> Concerned(ObjectChange change) => Ownership.SelfOrController(change, Kind);

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Get(key) is not { } deployment || deployment.IsDeleting || deployment.Flag("spec", "paused"))
        {
            return null;
        }

        var sets = store.List(ClusterKinds.ReplicaSets, key.Namespace).Where(set => Ownership.IsControlledBy(set, deployment)).ToList();
        var hash = TemplateHash.Of(deployment.At("spec", "template"));
        var current = sets.FirstOrDefault(set => set.Labels.Text(HashLabel) == hash);
        var old = sets.Where(set => set != current).ToList();
        foreach (var outdated in old)
        {
            Scale(deployment, outdated, 0);
        }

        var replicas = (int)(deployment.Number("spec", "replicas") ?? 1);
        if (old.All(set => (set.Number("status", "replicas") ?? 0) == 0 && set.Number("spec", "replicas") == 0))
        {
            current = current is null ? Make(deployment, hash, replicas, sets.Count + 1) : Scale(deployment, current, replicas);
        }

        Report(key, deployment, current, old, replicas);
        return null;
    }

    private JsonObject Make(JsonObject deployment, string hash, int replicas, int revision)
    {
        var template = deployment.Object("spec", "template")?.Copy() ?? [];
        template.Ensure("metadata").Ensure("labels")[HashLabel] = hash;
        var selector = deployment.Object("spec", "selector")?.Copy() ?? [];
        selector.Ensure("matchLabels")[HashLabel] = hash;
        var metadata = Ownership.Metadata(deployment, Kind, $"{deployment.Name}-{hash}", template.Object("metadata", "labels"));
        metadata["annotations"] = new JsonObject { [RevisionAnnotation] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        events.Normal(Kind, deployment, "ScalingReplicaSet", $"Scaled up replica set {deployment.Name}-{hash} from 0 to {replicas}");
        return store.Create(ClusterKinds.ReplicaSets, new JsonObject
        {
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = template },
        });
    }

    private JsonObject Scale(JsonObject deployment, JsonObject set, int replicas)
    {
        if (set.Number("spec", "replicas") == replicas)
        {
            return set;
        }

        events.Normal(Kind, deployment, "ScalingReplicaSet", $"Scaled replica set {set.Name} to {replicas}");
        var scaled = store.Change(new ObjectKey(ClusterKinds.ReplicaSets, set.Namespace, set.Name), changed =>
        {
            changed.Ensure("spec")["replicas"] = replicas;
            return changed;
        });
        return scaled ?? set;
    }

    private void Report(ObjectKey key, JsonObject deployment, JsonObject? current, IReadOnlyList<JsonObject> old, int replicas)
    {
        var updated = (int)(current.Number("status", "replicas") ?? 0);
        var ready = (int)(current.Number("status", "readyReplicas") ?? 0) + old.Sum(set => (int)(set.Number("status", "readyReplicas") ?? 0));
        var isDone = updated == replicas && ready == replicas;
        var now = store.Clock.GetUtcNow();
        StatusWrites.Replace(store, key, new JsonObject
        {
            ["observedGeneration"] = deployment.Number("metadata", "generation") ?? 1,
            ["replicas"] = updated + old.Sum(set => (int)(set.Number("status", "replicas") ?? 0)),
            ["updatedReplicas"] = updated,
            ["readyReplicas"] = ready,
            ["availableReplicas"] = ready,
            ["unavailableReplicas"] = Math.Max(0, replicas - ready),
            ["conditions"] = new JsonArray(
                StatusWrites.Condition(deployment, "Available", ready >= replicas, now, ready >= replicas ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"),
                StatusWrites.Condition(deployment, "Progressing", true, now, isDone ? "NewReplicaSetAvailable" : "ReplicaSetUpdated")),
        });
    }
}
