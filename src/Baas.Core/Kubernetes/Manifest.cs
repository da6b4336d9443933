using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes;

/// <summary>An object as it shall be.</summary>
/// <param name="Resource">Which object.</param>
/// <param name="Body">The whole object with apiVersion, kind and metadata; nobody changes it once it is here.</param>
public sealed record Manifest(ResourceReference Resource, JsonObject Body);
