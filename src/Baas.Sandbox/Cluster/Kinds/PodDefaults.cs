using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Kinds;

/// <summary>Fills in what is left out of pods and of the templates that they are made from.</summary>
internal static class PodDefaults
{
    /// <summary>Completes a pod's spec in place.</summary>
    public static void OfSpec(JsonObject spec)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("schedulerName", "default-scheduler");
        spec.Default("securityContext", new JsonObject());
        foreach (var container in spec.Objects("initContainers").Concat(spec.Objects("containers")))
        {
            OfContainer(container);
        }

        foreach (var volume in spec.Objects("volumes"))
        {
            OfVolume(volume);
        }
    }

    /// <summary>The pod's class of service, from its requests and limits.</summary>
    public static string QosOf(JsonObject pod)
    {
        var resources = pod.Objects("spec", "containers").Select(container => container.Object("resources")).ToList();
        if (resources.All(one => one.Object("requests") is not { Count: > 0 } && one.Object("limits") is not { Count: > 0 }))
        {
            return "BestEffort";
        }

        return resources.All(one => IsGuaranteed(one, "cpu") && IsGuaranteed(one, "memory")) ? "Guaranteed" : "Burstable";
    }

    private static bool IsGuaranteed(JsonObject? resources, string name) =>
        Quantity.Parse(resources.Text("limits", name)) is { } limit && limit == (Quantity.Parse(resources.Text("requests", name)) ?? limit);

    private static void OfContainer(JsonObject container)
    {
        var image = container.Text("image") ?? "";
        var hasTag = image.Contains('@', StringComparison.Ordinal) || image.LastIndexOf(':') > image.LastIndexOf('/');
        container.Default("imagePullPolicy", hasTag && !image.EndsWith(":latest", StringComparison.Ordinal) ? "IfNotPresent" : "Always");
        container.Default("resources", new JsonObject());
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        foreach (var port in container.Objects("ports"))
        {
            port.Default("protocol", "TCP");
        }

        foreach (var name in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container.Object(name) is { } probe)
            {
                OfProbe(probe);
            }
        }
    }

    private static void OfProbe(JsonObject probe)
    {
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        if (probe.Object("httpGet") is { } get)
        {
            get.Default("path", "/");
            get.Default("scheme", "HTTP");
        }
    }

    private static void OfVolume(JsonObject volume)
    {
        foreach (var name in (string[])["secret", "configMap", "projected"])
        {
            volume.Object(name)?.Default("defaultMode", 420);
        }
    }
}
