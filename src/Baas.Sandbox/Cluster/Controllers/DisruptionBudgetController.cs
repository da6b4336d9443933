using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Tells how many pods of a PodDisruptionBudget may go.</summary>
internal sealed class DisruptionBudgetController(ObjectStore store) : IController
{
    public ObjectKind Kind => ClusterKinds.PodDisruptionBudgets;

    public IEnumerable<ObjectKey> Concerned(ObjectChange change)
    {
        if (change.Key.Kind == Kind)
        {
            return [change.Key];
        }

        return change.Key.Kind == ClusterKinds.Pods
            ? store.List(Kind, change.Key.Namespace)
                .Where(budget => LabelMatch.Matches(budget.Object("spec", "selector"), change.Object.Labels))
                .Select(budget => new ObjectKey(Kind, budget.Namespace, budget.Name))
            : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Get(key) is not { } budget || budget.IsDeleting)
        {
            return null;
        }

        var pods = store.List(ClusterKinds.Pods, key.Namespace)
            .Where(pod => LabelMatch.Matches(budget.Object("spec", "selector"), pod.Labels) && !PodStates.IsFinished(pod)).ToList();
        var healthy = pods.Count(PodStates.IsReady);
        var desired = budget.At("spec", "maxUnavailable") is { } atMost
            ? pods.Count - Amount(atMost, pods.Count)
            : Amount(budget.At("spec", "minAvailable"), pods.Count);
        StatusWrites.Replace(store, key, new JsonObject
        {
            ["observedGeneration"] = budget.Number("metadata", "generation") ?? 1,
            ["expectedPods"] = pods.Count,
            ["currentHealthy"] = healthy,
            ["desiredHealthy"] = Math.Max(0, desired),
            ["disruptionsAllowed"] = Math.Max(0, healthy - desired),
            ["conditions"] = new JsonArray(StatusWrites.Condition(
                budget, "DisruptionAllowed", healthy > desired, store.Clock.GetUtcNow(), healthy > desired ? "SufficientPods" : "InsufficientPods")),
        });
        return null;
    }

    // A number or a percentage, rounded up.
    private static int Amount(JsonNode? amount, int of)
    {
        if (amount.AsNumber() is { } number)
        {
            return (int)number;
        }

        return int.TryParse(amount.AsText()?.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? ((of * percent) + 99) / 100 : 0;
    }
}
