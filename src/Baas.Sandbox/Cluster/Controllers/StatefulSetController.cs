using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Makes, replaces and removes the pods of StatefulSets in their order.</summary>
internal sealed class StatefulSetController(ObjectStore store, EventRecorder events) : IController
{
    public ObjectKind Kind => ClusterKinds.StatefulSets;

    public IEnumerable<ObjectKey> Concerned(ObjectChange change) => Ownership.SelfOrController(change, Kind);

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Get(key) is not { } set || set.IsDeleting)
        {
            return null;
        }

        var revision = StatefulSetPods.RevisionOf(set);
        var replicas = (int)(set.Number("spec", "replicas") ?? 1);
        var pods = PodsOf(set, replicas);
        if (Fill(set, replicas, revision, pods) && Shrink(set, replicas, pods))
        {
            Update(set, revision, pods);
        }

        Report(key, set, revision, PodsOf(set, replicas));
        return null;
    }

    private static bool IsParallel(JsonObject set) => set.Text("spec", "podManagementPolicy") is "Parallel";

    // Pods are found by their names, not in the list of the namespace's pods, which may be long.
    private SortedDictionary<int, JsonObject> PodsOf(JsonObject set, int replicas)
    {
        var pods = new SortedDictionary<int, JsonObject>();
        var count = Math.Max(replicas, (int)(set.Number("status", "replicas") ?? 0));
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            if (store.Get(new ObjectKey(ClusterKinds.Pods, set.Namespace, StatefulSetPods.NameOf(set, ordinal))) is { } pod && Ownership.IsControlledBy(pod, set))
            {
                pods[ordinal] = pod;
            }
        }

        return pods;
    }

    // Whether every wanted pod is there; in the ordered mode one has to be ready before the next is made.
    private bool Fill(JsonObject set, int replicas, string revision, SortedDictionary<int, JsonObject> pods)
    {
        var isComplete = true;
        for (var ordinal = 0; ordinal < replicas; ordinal++)
        {
            var pod = pods.GetValueOrDefault(ordinal);
            if (pod is null)
            {
                Make(set, ordinal, revision);
            }
            else if (PodStates.IsFinished(pod) && !pod.IsDeleting)
            {
                events.Warning(Kind, set, "RecreatingFailedPod", $"StatefulSet {set.Namespace}/{set.Name} is recreating failed Pod {pod.Name}");
                DeletePod(pod);
            }

            var isThere = pod is not null && PodStates.IsReady(pod);
            isComplete &= pod is not null;
            if (!isThere && !IsParallel(set))
            {
                return false; // also where the template is a better one by now
            }
        }

        return isComplete;
    }

    private void Make(JsonObject set, int ordinal, string revision)
    {
        foreach (var claim in StatefulSetPods.ClaimsFor(set, ordinal))
        {
            var key = new ObjectKey(ClusterKinds.PersistentVolumeClaims, set.Namespace, claim.Name);
            if (store.Get(key) is null)
            {
                store.Create(ClusterKinds.PersistentVolumeClaims, claim);
                events.Normal(Kind, set, "SuccessfulCreate", $"create Claim {claim.Name} Pod {StatefulSetPods.NameOf(set, ordinal)} in StatefulSet {set.Name} success");
            }
        }

        try
        {
            store.Create(ClusterKinds.Pods, StatefulSetPods.PodFor(set, ordinal, revision));
        }
        catch (StatusException refused)
        {
            events.Warning(Kind, set, "FailedCreate", $"create Pod {StatefulSetPods.NameOf(set, ordinal)} in StatefulSet {set.Name} failed error: {refused.Message}");
            throw;
        }

        events.Normal(Kind, set, "SuccessfulCreate", $"create Pod {StatefulSetPods.NameOf(set, ordinal)} in StatefulSet {set.Name} successful");
    }

    // Whether no pod is left over; in the ordered mode the highest goes first and has to be gone before the next.
    private bool Shrink(JsonObject set, int replicas, SortedDictionary<int, JsonObject> pods)
    {
        var surplus = pods.Where(pod => pod.Key >= replicas).OrderByDescending(pod => pod.Key).Select(pod => pod.Value).ToList();
        foreach (var pod in IsParallel(set) ? surplus : surplus.Take(1))
        {
            if (!pod.IsDeleting)
            {
                DeletePod(pod);
                events.Normal(Kind, set, "SuccessfulDelete", $"delete Pod {pod.Name} in StatefulSet {set.Name} successful");
            }
        }

        return surplus.Count == 0;
    }

    // The highest outdated pod is replaced when all are ready: one that is not counts against the one that may be away (MaxUnavailableStatefulSet of Kubernetes), even if it
    // is outdated itself. Somebody has to delete it then.
    private void Update(JsonObject set, string revision, SortedDictionary<int, JsonObject> pods)
    {
        if (set.Text("spec", "updateStrategy", "type") is "OnDelete")
        {
            return;
        }

        if (pods.Values.Any(pod => !PodStates.IsReady(pod)))
        {
            return;
        }

        var partition = set.Number("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
        if (pods.LastOrDefault(pod => pod.Key >= partition && pod.Value.Labels.Text(StatefulSetPods.RevisionLabel) != revision).Value is { IsDeleting: false } outdated)
        {
            DeletePod(outdated);
            events.Normal(Kind, set, "SuccessfulDelete", $"delete Pod {outdated.Name} in StatefulSet {set.Name} successful");
        }
    }

    private void DeletePod(JsonObject pod) =>
        Removals.Discard(store, new ObjectKey(ClusterKinds.Pods, pod.Namespace, pod.Name), pod.Uid);

    private void Report(ObjectKey key, JsonObject set, string revision, SortedDictionary<int, JsonObject> pods)
    {
        var live = pods.Values.Where(pod => !PodStates.IsFinished(pod)).ToList();
        var updated = live.Count(pod => pod.Labels.Text(StatefulSetPods.RevisionLabel) == revision && !pod.IsDeleting);
        var ready = live.Count(PodStates.IsReady);
        var current = set.Text("status", "currentRevision");
        var isUpdated = updated == live.Count && ready == live.Count;
        var currentRevision = current is null || isUpdated ? revision : current;
        var status = new JsonObject
        {
            ["observedGeneration"] = set.Number("metadata", "generation") ?? 1,
            ["replicas"] = live.Count,
            ["readyReplicas"] = ready,
            ["availableReplicas"] = ready,
            ["currentReplicas"] = live.Count(pod => pod.Labels.Text(StatefulSetPods.RevisionLabel) == currentRevision),
            ["updatedReplicas"] = updated,
            ["currentRevision"] = currentRevision,
            ["updateRevision"] = revision,
            ["collisionCount"] = 0,
        };
        StatusWrites.Replace(store, key, status);
    }
}
