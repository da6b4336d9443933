namespace Baas.Core.Kubernetes;

/// <summary>One request to an API server; made anew for each attempt.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Relative to the server's address, query included.</param>
/// <param name="Verb">What it does, for messages: <c>apply</c>.</param>
/// <param name="Subject">To what, for messages: <c>StatefulSet "ns/peer-1"</c>.</param>
internal sealed record ClusterRequest(HttpMethod Method, string Path, string Verb, string Subject)
{
    /// <summary>The body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The body's type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether what the server says may quote secrets, as messages about Secret objects do.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Names a request about one object.</summary>
    public static ClusterRequest About(ResourceReference resource, HttpMethod method, string path, string verb) =>
        new(method, path, verb, $"{resource.Kind.Kind} \"{(resource.Namespace is null ? "" : resource.Namespace + "/")}{resource.Name}\"")
        {
            IsSensitive = resource.Kind == ResourceKind.Secret,
        };

    /// <summary>Names a request about objects of one kind.</summary>
    public static ClusterRequest About(ResourceKind kind, string? inNamespace, string path, string verb) =>
        new(HttpMethod.Get, path, verb, $"{kind.Plural} of \"{inNamespace ?? "all namespaces"}\"") { IsSensitive = kind == ResourceKind.Secret };

    /// <summary>The beginning of every message about this request.</summary>
    public string Cannot => $"cannot {Verb} {Subject}";
}
