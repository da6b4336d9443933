using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds.Admission;

/// <summary>What every change has to pass, whoever makes it: namespace, names, defaults, limits, pod security, quota.</summary>
internal static class Admissions
{
    /// <summary>Admits a new object, and completes it in place.</summary>
    /// <exception cref="StatusException">It is refused.</exception>
    public static void AdmitNew(StoreState state, ObjectKey key, JsonObject after)
    {
        var home = HomeOf(state, key);
        if (home?.IsDeleting == true)
        {
            throw Failures.Terminating(key);
        }

        Defaults.Apply(key, after);
        MetadataRules.Check(key, after);
        if (key.Kind == ClusterKinds.Pods)
        {
            LimitRanges.Apply(state, key, after);
            PodSecurity.Check(home, key, after);
        }

        QuotaUsage.Check(state, key, null, after);
    }

    /// <summary>Admits the next version of an object, and completes it in place.</summary>
    /// <exception cref="StatusException">It is refused.</exception>
    public static void AdmitChange(StoreState state, ObjectKey key, JsonObject before, JsonObject after)
    {
        Defaults.Apply(key, after);
        MetadataRules.Check(key, after);
        QuotaUsage.Check(state, key, before, after);
    }

    /// <summary>Refuses to delete what every cluster has.</summary>
    /// <exception cref="StatusException">It is refused.</exception>
    public static void AdmitDelete(ObjectKey key)
    {
        if (key.Kind == ClusterKinds.Namespaces && key.Name is ("default" or "kube-system" or "kube-public"))
        {
            throw Failures.Forbidden(key, "this namespace may not be deleted");
        }
    }

    private static JsonObject? HomeOf(StoreState state, ObjectKey key)
    {
        if (key.Namespace is not { } name)
        {
            return null;
        }

        var home = new ObjectKey(ClusterKinds.Namespaces, null, name);
        return state.Find(home)?.Object ?? throw new StatusException(404, "NotFound", $"namespaces \"{name}\" not found")
        {
            Details = new JsonObject { ["name"] = name, ["kind"] = "namespaces" },
        };
    }
}
