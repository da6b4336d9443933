using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Access;

/// <summary>Decides by the cluster's roles and their bindings who may do what.</summary>
/// <param name="store">Holds them.</param>
/// <param name="audit">Hears what those who are no administrators were allowed; null for nobody.</param>
internal sealed class Authorizer(ObjectStore store, Action<AccessRequest>? audit)
{
    /// <summary>Refuses what the caller may not do.</summary>
    /// <exception cref="StatusException">403: no role allows it.</exception>
    public void Check(Caller caller, AccessRequest request)
    {
        if (caller.IsAdministrator)
        {
            return;
        }

        if (!Allows(caller, request))
        {
            var scope = request.Namespace is null ? "at the cluster scope" : $"in the namespace \"{request.Namespace}\"";
            var subject = request.Name is null ? request.Resource : $"{request.Resource} \"{request.Name}\"";
            throw new StatusException(403, "Forbidden", $"{subject} is forbidden: User \"{caller.Name}\" cannot {request.Verb} resource \"{request.Resource}\" in API group \"{request.Group}\" {scope}");
        }

        audit?.Invoke(request);
    }

    /// <summary>Whether the caller may do it.</summary>
    public bool Allows(Caller caller, AccessRequest request) => caller.IsAdministrator || RulesOf(caller, request.Namespace).Any(rule => Fits(rule, request));

    /// <summary>The rules that hold for a caller in a namespace, or in the whole cluster.</summary>
    public IEnumerable<JsonObject> RulesOf(Caller caller, string? space)
    {
        var bindings = store.List(ClusterKinds.ClusterRoleBindings).Concat(space is null ? [] : store.List(ClusterKinds.RoleBindings, space));
        return bindings.Where(binding => binding.Objects("subjects").Any(subject => IsOf(subject, caller))).SelectMany(binding => RoleOf(binding)?.Objects("rules") ?? []);
    }

    private JsonObject? RoleOf(JsonObject binding)
    {
        var name = binding.Text("roleRef", "name") ?? "";
        return store.Get(binding.Text("roleRef", "kind") == "ClusterRole" ? new ObjectKey(ClusterKinds.ClusterRoles, null, name) : new ObjectKey(ClusterKinds.Roles, binding.Namespace, name));
    }

    private static bool IsOf(JsonObject subject, Caller caller) => subject.Text("kind") switch
    {
        "User" => subject.Text("name") == caller.Name,
        "Group" => caller.Groups.Contains(subject.Text("name")),
        _ => false,
    };

    private static bool Fits(JsonObject rule, AccessRequest request) =>
        Holds(rule, "apiGroups", request.Group) && Holds(rule, "resources", request.Resource) && Holds(rule, "verbs", request.Verb)
        && (!rule.Texts("resourceNames").Any() || rule.Texts("resourceNames").Contains(request.Name));

    private static bool Holds(JsonObject rule, string field, string value) => rule.Texts(field).Any(one => one == value || one == "*");
}
