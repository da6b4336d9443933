using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The Job that works on the volume of a node that is stopped, with its Secret and the policy that lets it out. Pure: same arguments, same objects.</summary>
internal static class AgentManifests
{
    /// <summary>The label of an agent's pod: the node whose volume it works on. Not the label of nodes, so no Service leads to it.</summary>
    public const string AgentOf = "baas.dev/agent-of";

    /// <summary>Where an agent finds its job.</summary>
    public const string JobFile = JobFolder + "/" + JobKey;

    /// <summary>Where an agent finds the volume.</summary>
    public const string VolumeFolder = "/volume";

    private const string JobFolder = "/etc/baas-agent";
    private const string JobKey = "job.json";
    private const string Role = "agent";
    private const int ReadOnlyForGroup = 288; // octal 0440
    private const int Retries = 2;

    // Those of the images that the volumes are made for: what an agent writes has to be readable for the node.
    private const int NodeUser = 10001;
    private const int CouchDbUser = 5984;

    /// <summary>The Job.</summary>
    public static ResourceReference Job(PlacedNode node, string name) => new(ResourceKind.Job, node.Namespace, NameOf(node, name));

    /// <summary>The Secret with what the agent is told.</summary>
    public static ResourceReference Secret(PlacedNode node, string name) => new(ResourceKind.Secret, node.Namespace, NameOf(node, name));

    /// <summary>The objects in the order in which they are applied.</summary>
    /// <param name="node">The node.</param>
    /// <param name="name">Tells this run from others of the node.</param>
    /// <param name="job">What the agent is told.</param>
    /// <param name="image">The agent's image.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cluster">The cluster's settings.</param>
    public static IReadOnlyList<Manifest> For(PlacedNode node, string name, byte[] job, string image, TimeSpan limit, ClusterOptions cluster) =>
    [
        Bodies.Of(Secret(node, name), LabelsOf(node), ("type", "Opaque"), ("data", new JsonObject { [JobKey] = Convert.ToBase64String(job) })),
        Policy(node),
        Bodies.Of(Job(node, name), LabelsOf(node), ("spec", new JsonObject
        {
            ["backoffLimit"] = Retries,
            ["activeDeadlineSeconds"] = (long)limit.TotalSeconds,
            ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = LabelsOf(node) }, ["spec"] = Pod(node, name, FabricLine.From(cluster, image), cluster) },
        })),
    ];

    /// <summary>The claim of a node's volume as its StatefulSet would make it; the StatefulSet takes it over.</summary>
    public static Manifest Claim(PlacedNode node, NodeResources resources)
    {
        var spec = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = resources.Storage } },
        };
        if (resources.StorageClass is not null)
        {
            spec["storageClassName"] = resources.StorageClass;
        }

        return Bodies.Of(node.Claim, Labels.Of(node), ("spec", spec));
    }

    private static string NameOf(PlacedNode node, string name) => $"agent-{node.Name}-{name}";

    private static JsonObject LabelsOf(PlacedNode node)
    {
        var labels = Labels.Of(node.Network, node.Node.Organization);
        labels[Labels.Role] = Role;
        labels[AgentOf] = node.Name;
        return labels;
    }

    // Where parts are kept is known to the store alone; it asks for a signed address and for TLS.
    private static Manifest Policy(PlacedNode node)
    {
        var labels = Labels.Of(node.Network, node.Node.Organization);
        labels[Labels.Role] = Role;
        return Bodies.Of(new ResourceReference(ResourceKind.NetworkPolicy, node.Namespace, "agents"), labels, ("spec", new JsonObject
        {
            ["podSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { [Labels.Role] = Role } },
            ["policyTypes"] = new JsonArray("Ingress", "Egress"),
            ["egress"] = new JsonArray(new JsonObject()),
        }));
    }

    private static JsonObject Pod(PlacedNode node, string name, string image, ClusterOptions cluster)
    {
        var user = node.Role == NodeRole.StateDatabase ? CouchDbUser : NodeUser;
        var pod = new JsonObject
        {
            ["restartPolicy"] = "Never",
            ["automountServiceAccountToken"] = false,
            ["enableServiceLinks"] = false,
            ["securityContext"] = new JsonObject
            {
                ["runAsNonRoot"] = true,
                ["runAsUser"] = user,
                ["runAsGroup"] = user,
                ["fsGroup"] = user,
                ["fsGroupChangePolicy"] = "OnRootMismatch",
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            },
            ["containers"] = new JsonArray(Container(image)),
            ["volumes"] = new JsonArray(
                new JsonObject { ["name"] = "volume", ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = node.Claim.Name } },
                new JsonObject { ["name"] = "job", ["secret"] = new JsonObject { ["secretName"] = NameOf(node, name), ["defaultMode"] = ReadOnlyForGroup } },
                new JsonObject { ["name"] = "tmp", ["emptyDir"] = new JsonObject { ["sizeLimit"] = "64Mi" } }),
        };
        if (cluster.ImagePullSecret is { } secret)
        {
            pod["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = secret });
        }

        return pod;
    }

    private static JsonObject Container(string image) => new()
    {
        ["name"] = Role,
        ["image"] = image,
        ["env"] = new JsonArray([.. Variables.Of([("BAAS_AGENT_JOB", JobFile), ("BAAS_AGENT_VOLUME", VolumeFolder)])]),
        ["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["cpu"] = "200m", ["memory"] = "128Mi" },
            ["limits"] = new JsonObject { ["cpu"] = "2", ["memory"] = "256Mi" },
        },
        ["securityContext"] = new JsonObject
        {
            ["allowPrivilegeEscalation"] = false,
            ["readOnlyRootFilesystem"] = true,
            ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
        },
        ["terminationMessagePolicy"] = "FallbackToLogsOnError",
        ["volumeMounts"] = new JsonArray(
            new JsonObject { ["name"] = "volume", ["mountPath"] = VolumeFolder },
            new JsonObject { ["name"] = "job", ["mountPath"] = JobFolder, ["readOnly"] = true },
            new JsonObject { ["name"] = "tmp", ["mountPath"] = "/tmp" }),
    };
}
