using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;

namespace Baas.Testing.Kubernetes;

/// <summary>What the fake cluster does to an object when it is applied.</summary>
internal static class FakeObjects
{
    public static JsonObject Metadata(JsonObject body)
    {
        if (body["metadata"] is not JsonObject metadata)
        {
            body["metadata"] = metadata = [];
        }

        return metadata;
    }

    // What the applier owns is replaced, what others own (status, addresses, deletion) stays.
    public static JsonObject Merge(Manifest manifest, JsonObject? former, int version)
    {
        var applied = (JsonObject)manifest.Body.DeepClone();
        var metadata = Metadata(applied);
        metadata["resourceVersion"] = $"{version}";
        metadata["generation"] = 1;
        if (former is null)
        {
            return applied;
        }

        foreach (var kept in new[] { "uid", "creationTimestamp", "deletionTimestamp" })
        {
            metadata[kept] = Metadata(former)[kept]?.DeepClone();
        }

        applied["status"] = former["status"]?.DeepClone();
        var isSame = JsonNode.DeepEquals(Owned(manifest.Body), Owned(former));
        metadata["generation"] = (former.Number("metadata", "generation") ?? 0) + (isSame ? 0 : 1);
        CopyAddresses(former, applied);
        return applied;
    }

    public static void GiveAddress(JsonObject service, int number, bool hasLoadBalancer)
    {
        var type = service.Text("spec", "type");
        service["spec"]!["clusterIP"] = $"10.0.0.{number}";
        var port = 30000 + (number * 10);
        foreach (var entry in service.Objects("spec", "ports").Where(_ => type is "NodePort" or "LoadBalancer"))
        {
            entry["nodePort"] ??= port++;
        }

        if (type == "LoadBalancer" && hasLoadBalancer)
        {
            service["status"] = new JsonObject { ["loadBalancer"] = new JsonObject { ["ingress"] = new JsonArray(new JsonObject { ["ip"] = $"192.0.2.{number}" }) } };
        }
    }

    private static JsonNode? Owned(JsonObject body)
    {
        if (body["spec"]?.DeepClone() is not JsonObject spec)
        {
            return null;
        }

        spec.Remove("clusterIP");
        foreach (var port in spec.Objects("ports"))
        {
            port.Remove("nodePort");
        }

        return spec;
    }

    private static void CopyAddresses(JsonObject former, JsonObject applied)
    {
        if (former.Text("spec", "clusterIP") is { Length: > 0 } address)
        {
            applied["spec"]!["clusterIP"] = address;
            foreach (var (old, port) in former.Objects("spec", "ports").Zip(applied.Objects("spec", "ports")))
            {
                port["nodePort"] = old["nodePort"]?.DeepClone();
            }
        }
    }
}
