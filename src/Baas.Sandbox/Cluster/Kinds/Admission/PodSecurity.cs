using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds.Admission;

/// <summary>Holds pods to the security level that their namespace's label asks for.</summary>
internal static class PodSecurity
{
    private const string EnforceLabel = "pod-security.kubernetes.io/enforce";

    private static readonly HashSet<string> RestrictedVolumes =
        new(StringComparer.Ordinal) { "name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret" };

    /// <exception cref="StatusException">403: the pod may do more than the level allows; all reasons at once.</exception>
    public static void Check(JsonObject? home, ObjectKey key, JsonObject pod)
    {
        var level = home?.Labels.Text(EnforceLabel);
        if (level is not ("baseline" or "restricted"))
        {
            return;
        }

        List<string> reasons = [.. Baseline(pod)];
        if (level == "restricted")
        {
            reasons.AddRange(Restricted(pod));
        }

        if (reasons.Count > 0)
        {
            throw Failures.Forbidden(key, $"violates PodSecurity \"{level}:latest\": {string.Join(", ", reasons)}");
        }
    }

    private static IEnumerable<string> Baseline(JsonObject pod)
    {
        foreach (var name in (string[])["hostNetwork", "hostPID", "hostIPC"])
        {
            if (pod.Flag("spec", name))
            {
                yield return $"host namespaces ({name}=true)";
            }
        }

        foreach (var volume in pod.Objects("spec", "volumes").Where(volume => volume.Has("hostPath", out _)))
        {
            yield return $"hostPath volumes (volume \"{volume.Text("name")}\")";
        }

        foreach (var container in Containers(pod))
        {
            if (container.Flag("securityContext", "privileged"))
            {
                yield return $"privileged ({Named(container)} must not set securityContext.privileged=true)";
            }

            if (container.Objects("ports").Any(port => port.Number("hostPort") > 0))
            {
                yield return $"hostPort ({Named(container)} uses a hostPort)";
            }
        }
    }

    private static IEnumerable<string> Restricted(JsonObject pod)
    {
        foreach (var volume in pod.Objects("spec", "volumes").Where(volume => volume.Any(field => !RestrictedVolumes.Contains(field.Key) && field.Key != "hostPath")))
        {
            yield return $"restricted volume types (volume \"{volume.Text("name")}\")";
        }

        var podContext = pod.Object("spec", "securityContext");
        foreach (var container in Containers(pod))
        {
            foreach (var reason in Restricted(container, podContext))
            {
                yield return reason;
            }
        }
    }

    private static IEnumerable<string> Restricted(JsonObject container, JsonObject? podContext)
    {
        var context = container.Object("securityContext");
        if (context.At("allowPrivilegeEscalation") is null || context.Flag("allowPrivilegeEscalation"))
        {
            yield return $"allowPrivilegeEscalation != false ({Named(container)} must set securityContext.allowPrivilegeEscalation=false)";
        }

        if (!context.Texts("capabilities", "drop").Contains("ALL") || context.Texts("capabilities", "add").Any(one => one != "NET_BIND_SERVICE"))
        {
            yield return $"unrestricted capabilities ({Named(container)} must set securityContext.capabilities.drop=[\"ALL\"])";
        }

        if (!(context.At("runAsNonRoot") is null ? podContext.Flag("runAsNonRoot") : context.Flag("runAsNonRoot")))
        {
            yield return $"runAsNonRoot != true (pod or {Named(container)} must set securityContext.runAsNonRoot=true)";
        }

        if ((context.Number("runAsUser") ?? podContext.Number("runAsUser")) == 0)
        {
            yield return $"runAsUser=0 (pod or {Named(container)} must not set runAsUser=0)";
        }

        if ((context.Text("seccompProfile", "type") ?? podContext.Text("seccompProfile", "type")) is not ("RuntimeDefault" or "Localhost"))
        {
            yield return $"seccompProfile (pod or {Named(container)} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")";
        }
    }

    private static IEnumerable<JsonObject> Containers(JsonObject pod) => pod.Objects("spec", "initContainers").Concat(pod.Objects("spec", "containers"));

    private static string Named(JsonObject container) => $"container \"{container.Text("name")}\"";
}
