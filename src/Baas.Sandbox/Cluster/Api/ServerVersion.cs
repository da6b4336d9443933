using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>The version of Kubernetes whose API the sandbox follows.</summary>
internal static class ServerVersion
{
    public const string Text = "v1.32.0+baas-sandbox";

    public static JsonObject ToObject() => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = Text,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "dotnet",
        ["platform"] = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier,
    };
}
