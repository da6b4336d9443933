using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The frame that all objects share.</summary>
internal static class Bodies
{
    /// <summary>An object with its name and labels.</summary>
    /// <param name="resource">Which object.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="content">What stands beside apiVersion, kind and metadata, such as <c>spec</c>.</param>
    public static Manifest Of(ResourceReference resource, JsonObject labels, params ReadOnlySpan<(string Name, JsonNode Value)> content)
    {
        var metadata = new JsonObject { ["name"] = resource.Name, ["labels"] = labels };
        if (resource.Namespace is not null)
        {
            metadata["namespace"] = resource.Namespace;
        }

        var body = new JsonObject { ["apiVersion"] = resource.Kind.ApiVersion, ["kind"] = resource.Kind.Kind, ["metadata"] = metadata };
        foreach (var (name, value) in content)
        {
            body[name] = value;
        }

        return new Manifest(resource, body);
    }
}
