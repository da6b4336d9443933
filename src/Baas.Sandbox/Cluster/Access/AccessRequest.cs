using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Access;

/// <summary>What somebody wants to do, in the words of Kubernetes' roles.</summary>
/// <param name="Verb">Such as <c>get</c> or <c>deletecollection</c>.</param>
/// <param name="Group">The API group; empty for the core.</param>
/// <param name="Resource">Such as <c>pods</c> or <c>pods/log</c>.</param>
/// <param name="Namespace">Where; null for the whole cluster.</param>
/// <param name="Name">The object; null for all.</param>
internal sealed record AccessRequest(string Verb, string Group, string Resource, string? Namespace, string? Name)
{
    /// <summary>Reads a request about objects; null when it is about the server itself.</summary>
    public static AccessRequest? Of(HttpRequest request, string[] path)
    {
        var (group, rest) = path switch
        {
            ["api", _, .. var core] => ("", core),
            ["apis", var named, _, .. var others] => (named, others),
            _ => ("", []),
        };
        var isInNamespace = rest is ["namespaces", _, not ("status" or "finalize"), ..];
        var about = isInNamespace ? rest[2..] : rest;
        if (about.Length == 0)
        {
            return null;
        }

        var name = about.ElementAtOrDefault(1)?.Split(':')[0]; // proxies name a port, too
        var resource = about.Length > 2 ? $"{about[0]}/{about[2]}" : about[0];
        return new(VerbOf(request, name is null), group, resource, isInNamespace ? rest[1] : null, name);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Verb} {(Group.Length == 0 ? Resource : $"{Resource}.{Group}")}";

    private static string VerbOf(HttpRequest request, bool isMany) => request.Method switch
    {
        "GET" when isMany && request.Query["watch"].ToString() is "true" or "1" => "watch",
        "GET" => isMany ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => isMany ? "deletecollection" : "delete",
        var other => other,
    };
}
