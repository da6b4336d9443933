using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds.Admission;

/// <summary>Counts what a namespace uses, and refuses what would go beyond its quotas.</summary>
internal static class QuotaUsage
{
    private static readonly ObjectKind[] Measured = [ClusterKinds.Pods, ClusterKinds.Services, ClusterKinds.PersistentVolumeClaims];

    /// <summary>Refuses a change that uses more than a quota leaves.</summary>
    /// <param name="state">All objects before the change.</param>
    /// <param name="key">The object that is new or changes.</param>
    /// <param name="before">The object before; null for a new one.</param>
    /// <param name="after">The object after.</param>
    /// <exception cref="StatusException">403 in Kubernetes' words.</exception>
    public static void Check(StoreState state, ObjectKey key, JsonObject? before, JsonObject after)
    {
        if (key.Namespace is null || key.Kind == ClusterKinds.ResourceQuotas)
        {
            return;
        }

        foreach (var quota in state.List(ClusterKinds.ResourceQuotas, key.Namespace))
        {
            if (quota.Object.Object("spec", "hard") is { } hard)
            {
                Check(state, key, before, after, quota.Key.Name, hard);
            }
        }
    }

    /// <summary>Writes what is used into the status of the namespace's quotas. Only used under the store's lock.</summary>
    public static void Refresh(StoreWriter writer, ObjectKey changed)
    {
        if (changed.Namespace is null)
        {
            return;
        }

        foreach (var quota in writer.State.List(ClusterKinds.ResourceQuotas, changed.Namespace).ToList())
        {
            var hard = quota.Object.Object("spec", "hard") ?? [];
            var used = new JsonObject();
            foreach (var (resource, _) in hard)
            {
                used[resource] = Write(resource, Used(writer.State, changed.Namespace, resource));
            }

            var status = new JsonObject { ["hard"] = hard.DeepClone(), ["used"] = used };
            if (!JsonNode.DeepEquals(status, quota.Object["status"]))
            {
                var after = quota.Object.Copy();
                after["status"] = status;
                writer.Put(quota.Key, after);
            }
        }
    }

    private static void Check(StoreState state, ObjectKey key, JsonObject? before, JsonObject after, string quota, JsonObject hard)
    {
        List<(string Resource, decimal Asked, decimal Used, string Hard)> exceeded = [];
        foreach (var (resource, limit) in hard)
        {
            RequireAmount(key, after, quota, resource);
            var asked = AmountOf(key.Kind, after, resource) - (before is null ? 0 : AmountOf(key.Kind, before, resource));
            if (asked <= 0)
            {
                continue;
            }

            var used = Used(state, key.Namespace!, resource); // callers have seen that it has one
            if (used + asked > (Quantity.Parse(limit?.ToString()) ?? 0))
            {
                exceeded.Add((resource, asked, used, limit?.ToString() ?? "0"));
            }
        }

        if (exceeded.Count > 0)
        {
            var asked = string.Join(",", exceeded.Select(one => $"{one.Resource}={Write(one.Resource, one.Asked)}"));
            var used = string.Join(",", exceeded.Select(one => $"{one.Resource}={Write(one.Resource, one.Used)}"));
            var limits = string.Join(",", exceeded.Select(one => $"{one.Resource}={one.Hard}"));
            throw Failures.Forbidden(key, $"exceeded quota: {quota}, requested: {asked}, used: {used}, limited: {limits}");
        }
    }

    private static void RequireAmount(ObjectKey key, JsonObject after, string quota, string resource)
    {
        if (key.Kind != ClusterKinds.Pods || Measure(resource) is not { } measure)
        {
            return;
        }

        var without = after.Objects("spec", "containers").Where(container => Amount(container, measure) is null).Select(container => container.Text("name")).ToList();
        if (without.Count > 0)
        {
            throw Failures.Forbidden(key, $"failed quota: {quota}: must specify {resource} for: {string.Join(",", without)}");
        }
    }

    private static decimal Used(StoreState state, string inNamespace, string resource)
    {
        if (resource.StartsWith("count/", StringComparison.Ordinal) || ClusterKinds.AtPath("", "v1", resource) is not null)
        {
            var name = resource.Replace("count/", "", StringComparison.Ordinal);
            var kind = ClusterKinds.All.FirstOrDefault(kind => kind.Resource == name);
            return kind is null ? 0 : state.List(kind, inNamespace).Sum(one => AmountOf(kind, one.Object, resource));
        }

        return Measured.Sum(kind => state.List(kind, inNamespace).Sum(one => AmountOf(kind, one.Object, resource)));
    }

    private static decimal AmountOf(ObjectKind kind, JsonObject subject, string resource)
    {
        if (resource == "count/" + kind.Resource)
        {
            return 1;
        }

        if (kind == ClusterKinds.Pods)
        {
            var hasEnded = subject.Text("status", "phase") is "Succeeded" or "Failed";
            return hasEnded ? 0 : resource == "pods" ? 1 : Measure(resource) is { } measure ? OfPod(subject, measure) : 0;
        }

        return (resource, kind) switch
        {
            ("requests.storage", _) when kind == ClusterKinds.PersistentVolumeClaims => Quantity.Parse(subject.Text("spec", "resources", "requests", "storage")) ?? 0,
            ("services.loadbalancers", _) when kind == ClusterKinds.Services => subject.Text("spec", "type") == "LoadBalancer" ? 1 : 0,
            ("services.nodeports", _) when kind == ClusterKinds.Services => subject.Text("spec", "type") is "NodePort" or "LoadBalancer" ? subject.Objects("spec", "ports").Count() : 0,
            _ => resource == kind.Resource ? 1 : 0,
        };
    }

    private static (string Side, string Resource)? Measure(string resource) => resource switch
    {
        "cpu" or "memory" or "ephemeral-storage" => ("requests", resource),
        "requests.cpu" or "requests.memory" or "requests.ephemeral-storage" => ("requests", resource["requests.".Length..]),
        "limits.cpu" or "limits.memory" or "limits.ephemeral-storage" => ("limits", resource["limits.".Length..]),
        _ => null,
    };

    // Init containers run one after the other, before the others.
    private static decimal OfPod(JsonObject pod, (string Side, string Resource) measure) => Math.Max(
        pod.Objects("spec", "containers").Sum(container => Amount(container, measure) ?? 0),
        pod.Objects("spec", "initContainers").Select(container => Amount(container, measure) ?? 0).DefaultIfEmpty().Max());

    private static decimal? Amount(JsonObject container, (string Side, string Resource) measure) =>
        Quantity.Parse((container.At("resources", measure.Side, measure.Resource) ?? (measure.Side == "requests" ? container.At("resources", "limits", measure.Resource) : null))?.ToString());

    private static string Write(string resource, decimal amount) =>
        Quantity.Write(amount, resource.EndsWith("memory", StringComparison.Ordinal) || resource.EndsWith("storage", StringComparison.Ordinal)).ToString(CultureInfo.InvariantCulture);
}
