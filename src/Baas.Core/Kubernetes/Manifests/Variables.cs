using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>Entries of a container's environment.</summary>
internal static class Variables
{
    /// <summary>Plain settings.</summary>
    public static IEnumerable<JsonObject> Of(IEnumerable<(string Name, string Value)> settings) =>
        settings.Select(setting => new JsonObject { ["name"] = setting.Name, ["value"] = setting.Value });

    /// <summary>A setting that is taken out of a Secret.</summary>
    public static JsonObject FromSecret(string name, ResourceReference secret, string key) => new()
    {
        ["name"] = name,
        ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = secret.Name, ["key"] = key } },
    };
}
