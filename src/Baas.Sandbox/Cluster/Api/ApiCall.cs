using System.Globalization;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>A request about objects: which kind, where, what part.</summary>
/// <param name="Http">The request and its answer.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace; null for all, or for kinds that live in none.</param>
/// <param name="Name">The object; null for a collection.</param>
/// <param name="Subresource">The part of the object; null for the object itself.</param>
internal sealed record ApiCall(HttpContext Http, ObjectKind Kind, string? Namespace, string? Name, string? Subresource)
{
    private const int MaxName = 253;

    /// <summary>The object that is meant.</summary>
    public ObjectKey Key => new(Kind, Kind.IsNamespaced ? Namespace : null, Name ?? "");

    /// <summary>Whether nothing shall be changed.</summary>
    public bool IsDryRun => Query("dryRun") == "All";

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The label selector; null for none.</summary>
    public LabelSelector? Labels => Query("labelSelector") is { } text ? LabelSelector.Parse(text) : null;

    /// <summary>The field selector; null for none.</summary>
    public FieldSelector? Fields => Query("fieldSelector") is { } text ? FieldSelector.Parse(text) : null;

    /// <summary>Who writes: as the request says, else the client's name.</summary>
    public string Manager
    {
        get
        {
            var agent = Http.Request.Headers.UserAgent.ToString();
            var name = Query("fieldManager") ?? agent.Split('/')[0];
            return name.Length is > 0 and <= 128 ? name : "unknown";
        }
    }

    /// <summary>Whether the client wants a table to print.</summary>
    public bool WantsTable => Http.Request.Headers.Accept.ToString().Contains("as=Table", StringComparison.Ordinal);

    /// <summary>A parameter of the query; null when it is absent or empty.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A flag of the query.</summary>
    public bool Flag(string name) => Query(name) is "true" or "1";

    /// <summary>A number of the query; null when it is absent.</summary>
    /// <exception cref="StatusException">400: it is no number, or negative.</exception>
    public long? Number(string name) => Query(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Failures.BadRequest($"the parameter {name} is no whole number");

    /// <summary>Reads the path of a request; null when it leads to no objects.</summary>
    public static ApiCall? Parse(HttpContext http)
    {
        var parts = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, version, rest) = parts switch
        {
            ["api", var coreVersion, ..] => ("", coreVersion, parts[2..]),
            ["apis", var named, var groupVersion, ..] => (named, groupVersion, parts[3..]),
            _ => ("", "", []),
        };
        if (rest is ["namespaces", var home, var plural, ..] && plural is not ("status" or "finalize"))
        {
            return Of(http, ClusterKinds.AtPath(group, version, plural), home, rest[3..]);
        }

        return rest is [var whole, ..] ? Of(http, ClusterKinds.AtPath(group, version, whole), null, rest[1..]) : null;
    }

    private static ApiCall? Of(HttpContext http, ObjectKind? kind, string? home, string[] rest) =>
        kind is null || rest.Length > 2 || (home is not null && !kind.IsNamespaced) || rest.Any(part => part.Length > MaxName)
            || (rest.Length > 0 && kind.IsNamespaced && home is null)
            ? null
            : new(http, kind, home, rest.ElementAtOrDefault(0), rest.ElementAtOrDefault(1));
}
