using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Store;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Says which groups, versions and kinds there are, in both forms that clients ask for.</summary>
internal static class Discovery
{
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The answer for a path; null for paths that are not about discovery.</summary>
    public static JsonObject? Find(string[] path, bool isAggregated) => path switch
    {
        ["api"] when isAggregated => Aggregated(core: true),
        ["apis"] when isAggregated => Aggregated(core: false),
        ["api"] => new JsonObject { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1"), ["serverAddressByClientCIDRs"] = new JsonArray() },
        ["apis"] => new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray([.. Groups().Where(group => group.Length > 0).Select(GroupOf)]) },
        ["apis", var group] when Groups().Contains(group) => GroupOf(group),
        ["api", "v1"] => Resources("", "v1"),
        ["apis", var group, "v1"] when Groups().Contains(group) => Resources(group, "v1"),
        _ => null,
    };

    /// <summary>Whether a client asks for everything in one answer.</summary>
    public static bool WantsAggregated(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("as=APIGroupDiscoveryList", StringComparison.Ordinal);

    private static IEnumerable<string> Groups() => ClusterKinds.All.Select(kind => kind.Group).Append("authorization.k8s.io").Append("authentication.k8s.io").Distinct();

    private static JsonObject GroupOf(string group)
    {
        var version = new JsonObject { ["groupVersion"] = $"{group}/v1", ["version"] = "v1" };
        return new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1", ["name"] = group, ["versions"] = new JsonArray(version), ["preferredVersion"] = version.DeepClone() };
    }

    private static JsonObject Resources(string group, string version)
    {
        var resources = new JsonArray();
        foreach (var kind in KindsOf(group))
        {
            var resource = new JsonObject
            {
                ["name"] = kind.Plural,
                ["singularName"] = kind.Singular,
                ["namespaced"] = kind.IsNamespaced,
                ["kind"] = kind.Kind,
                ["verbs"] = Texts(Verbs),
            };
            AddNames(resource, kind);
            resources.Add(resource);
            foreach (var (name, of, verbs) in Subresources(kind))
            {
                resources.Add(new JsonObject { ["name"] = $"{kind.Plural}/{name}", ["singularName"] = "", ["namespaced"] = kind.IsNamespaced, ["kind"] = of, ["verbs"] = Texts(verbs) });
            }
        }

        foreach (var (plural, kind) in Reviews.In(group))
        {
            resources.Add(new JsonObject { ["name"] = plural, ["singularName"] = kind.ToLowerInvariant(), ["namespaced"] = false, ["kind"] = kind, ["verbs"] = Texts("create") });
        }

        return new JsonObject { ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}", ["resources"] = resources };
    }

    private static JsonObject Aggregated(bool core)
    {
        var items = Groups().Where(group => group.Length == 0 == core).Select(group => (JsonNode)new JsonObject
        {
            ["metadata"] = group.Length == 0 ? new JsonObject { ["creationTimestamp"] = null } : new JsonObject { ["name"] = group, ["creationTimestamp"] = null },
            ["versions"] = new JsonArray(new JsonObject { ["version"] = "v1", ["freshness"] = "Current", ["resources"] = AggregatedResources(group) }),
        });
        return new JsonObject { ["kind"] = "APIGroupDiscoveryList", ["apiVersion"] = "apidiscovery.k8s.io/v2", ["metadata"] = new JsonObject(), ["items"] = new JsonArray([.. items]) };
    }

    private static JsonArray AggregatedResources(string group)
    {
        var resources = new JsonArray();
        foreach (var kind in KindsOf(group))
        {
            var resource = new JsonObject
            {
                ["resource"] = kind.Plural,
                ["responseKind"] = KindName(kind.Group, kind.Kind),
                ["scope"] = kind.IsNamespaced ? "Namespaced" : "Cluster",
                ["singularResource"] = kind.Singular,
                ["verbs"] = Texts(Verbs),
            };
            AddNames(resource, kind);
            var parts = Subresources(kind).Select(part => (JsonNode)new JsonObject
            {
                ["subresource"] = part.Name,
                ["responseKind"] = part.Kind == "Scale" ? KindName("autoscaling", "Scale") : KindName(kind.Group, kind.Kind),
                ["verbs"] = Texts(part.Verbs),
            }).ToArray();
            if (parts.Length > 0)
            {
                resource["subresources"] = new JsonArray(parts);
            }

            resources.Add(resource);
        }

        foreach (var (plural, kind) in Reviews.In(group))
        {
            resources.Add(new JsonObject
            {
                ["resource"] = plural,
                ["responseKind"] = KindName(group, kind),
                ["scope"] = "Cluster",
                ["singularResource"] = kind.ToLowerInvariant(),
                ["verbs"] = Texts("create"),
            });
        }

        return resources;
    }

    private static IEnumerable<ObjectKind> KindsOf(string group) => ClusterKinds.All.Where(kind => kind.Group == group);

    private static IEnumerable<(string Name, string Kind, string[] Verbs)> Subresources(ObjectKind kind)
    {
        if (kind.HasStatus)
        {
            yield return ("status", kind.Kind, ["get", "patch", "update"]);
        }

        if (kind.HasScale)
        {
            yield return ("scale", "Scale", ["get", "patch", "update"]);
        }

        if (kind == ClusterKinds.Pods)
        {
            yield return ("log", kind.Kind, ["get"]);
        }
    }

    private static void AddNames(JsonObject resource, ObjectKind kind)
    {
        if (kind.ShortNames.Count > 0)
        {
            resource["shortNames"] = Texts([.. kind.ShortNames]);
        }

        if (kind.IsInAll)
        {
            resource["categories"] = Texts("all");
        }
    }

    private static JsonObject KindName(string group, string kind) => new() { ["group"] = group, ["version"] = "v1", ["kind"] = kind };

    private static JsonArray Texts(params string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
