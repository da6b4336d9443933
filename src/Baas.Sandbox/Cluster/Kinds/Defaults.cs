using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds;

/// <summary>Fills in what Kubernetes fills in when it is left out. Applying it twice is applying it once.</summary>
internal static class Defaults
{
    private static readonly Dictionary<ObjectKind, Action<ObjectKey, JsonObject>> ByKind = new()
    {
        [ClusterKinds.Namespaces] = OfNamespace,
        [ClusterKinds.Pods] = (_, pod) => OfPod(pod),
        [ClusterKinds.Services] = (_, service) => OfService(service),
        [ClusterKinds.Secrets] = (_, secret) => OfSecret(secret),
        [ClusterKinds.PersistentVolumeClaims] = (_, claim) => OfClaim(claim),
        [ClusterKinds.StatefulSets] = (_, set) => OfStatefulSet(set),
        [ClusterKinds.Deployments] = (_, deployment) => OfDeployment(deployment),
        [ClusterKinds.DaemonSets] = (_, set) => OfDaemonSet(set),
        [ClusterKinds.ReplicaSets] = (_, set) => OfReplicaSet(set),
        [ClusterKinds.Jobs] = (_, job) => OfJob(job),
        [ClusterKinds.NetworkPolicies] = (_, policy) => OfNetworkPolicy(policy),
    };

    /// <summary>Completes an object in place.</summary>
    public static void Apply(ObjectKey key, JsonObject subject)
    {
        if (ByKind.TryGetValue(key.Kind, out var apply))
        {
            apply(key, subject);
        }
    }

    private static void OfNamespace(ObjectKey key, JsonObject subject)
    {
        subject.Ensure("metadata").Ensure("labels")["kubernetes.io/metadata.name"] = key.Name;
        if (!subject.IsDeleting)
        {
            subject.Ensure("spec").Default("finalizers", new JsonArray("kubernetes"));
            subject.Ensure("status").Default("phase", "Active");
        }
    }

    private static void OfPod(JsonObject pod)
    {
        PodDefaults.OfSpec(pod.Ensure("spec"));
        pod["spec"]!.AsObject().Default("preemptionPolicy", "PreemptLowerPriority"); // Ensure has just made it
        var status = pod.Ensure("status");
        status.Default("phase", "Pending");
        status.Default("qosClass", PodDefaults.QosOf(pod));
    }

    private static void OfService(JsonObject service)
    {
        var spec = service.Ensure("spec");
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        if (spec.Text("type") != "ExternalName")
        {
            spec.Default("internalTrafficPolicy", "Cluster");
            spec.Default("ipFamilyPolicy", "SingleStack");
            spec.Default("ipFamilies", new JsonArray("IPv4"));
        }

        if (spec.Text("type") is "LoadBalancer" or "NodePort")
        {
            spec.Default("externalTrafficPolicy", "Cluster");
        }

        if (spec.Text("type") is "LoadBalancer")
        {
            spec.Default("allocateLoadBalancerNodePorts", true);
        }

        foreach (var port in spec.Objects("ports"))
        {
            port.Default("protocol", "TCP");
            port.Default("targetPort", port["port"]?.DeepClone() ?? 0);
        }

        service.Ensure("status").Default("loadBalancer", new JsonObject());
    }

    // Clear text is stored as data, and nothing ever answers it back as it came.
    private static void OfSecret(JsonObject secret)
    {
        secret.Default("type", "Opaque");
        if (secret.Object("stringData") is not { } clear)
        {
            return;
        }

        foreach (var (name, value) in clear)
        {
            secret.Ensure("data")[name] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value.AsText() ?? ""));
        }

        secret.Remove("stringData");
    }

    private static void OfClaim(JsonObject claim)
    {
        claim.Ensure("spec").Default("volumeMode", "Filesystem");
        claim.Ensure("status").Default("phase", "Pending");
    }

    private static void OfStatefulSet(JsonObject set)
    {
        var spec = set.Ensure("spec");
        spec.Default("replicas", 1);
        spec.Default("podManagementPolicy", "OrderedReady");
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("persistentVolumeClaimRetentionPolicy", new JsonObject { ["whenDeleted"] = "Retain", ["whenScaled"] = "Retain" });
        var strategy = spec.Ensure("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Ensure("rollingUpdate").Default("partition", 0);
        }

        foreach (var claim in spec.Objects("volumeClaimTemplates"))
        {
            claim.Default("apiVersion", "v1");
            claim.Default("kind", "PersistentVolumeClaim");
            OfClaim(claim);
        }

        OfTemplate(spec);
        set.Ensure("status").Default("replicas", 0);
    }

    private static void OfDeployment(JsonObject deployment)
    {
        var spec = deployment.Ensure("spec");
        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        var strategy = spec.Ensure("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Ensure("rollingUpdate").Default("maxUnavailable", "25%");
            strategy.Ensure("rollingUpdate").Default("maxSurge", "25%");
        }

        OfTemplate(spec);
        deployment.Ensure("status");
    }

    private static void OfDaemonSet(JsonObject set)
    {
        var spec = set.Ensure("spec");
        spec.Default("revisionHistoryLimit", 10);
        var strategy = spec.Ensure("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Ensure("rollingUpdate").Default("maxUnavailable", 1);
            strategy.Ensure("rollingUpdate").Default("maxSurge", 0);
        }

        OfTemplate(spec);
        set.Ensure("status");
    }

    private static void OfReplicaSet(JsonObject set)
    {
        set.Ensure("spec").Default("replicas", 1);
        OfTemplate(set.Ensure("spec"));
        set.Ensure("status").Default("replicas", 0);
    }

    private static void OfJob(JsonObject job)
    {
        var spec = job.Ensure("spec");
        spec.Default("parallelism", 1);
        spec.Default("completions", 1);
        spec.Default("backoffLimit", 6);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("suspend", false);
        spec.Default("manualSelector", false);
        OfTemplate(spec);
        if (spec.Object("selector") is null && job.Uid.Length > 0)
        {
            var labels = new JsonObject { ["batch.kubernetes.io/controller-uid"] = job.Uid };
            spec["selector"] = new JsonObject { ["matchLabels"] = labels };
            var own = spec.Ensure("template").Ensure("metadata").Ensure("labels");
            own["batch.kubernetes.io/controller-uid"] = job.Uid;
            own["batch.kubernetes.io/job-name"] = job.Name;
            own["job-name"] = job.Name;
        }

        job.Ensure("status");
    }

    private static void OfNetworkPolicy(JsonObject policy)
    {
        var spec = policy.Ensure("spec");
        spec.Default("podSelector", new JsonObject());
        spec.Default("policyTypes", spec.Has("egress", out _) ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress"));
        foreach (var port in spec.Objects("ingress").Concat(spec.Objects("egress")).SelectMany(rule => rule.Objects("ports")))
        {
            port.Default("protocol", "TCP");
        }
    }

    private static void OfTemplate(JsonObject spec)
    {
        if (spec.Object("template", "spec") is { } pod)
        {
            PodDefaults.OfSpec(pod);
        }
    }
}
