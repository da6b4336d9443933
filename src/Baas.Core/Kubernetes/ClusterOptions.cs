using System.ComponentModel.DataAnnotations;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes;

/// <summary>One cluster, as the settings name it.</summary>
public sealed class ClusterOptions
{
    /// <summary>How specifications refer to the cluster. The default is <c>default</c>.</summary>
    [Required]
    [RegularExpression("[a-z]([a-z0-9-]*[a-z0-9])?")]
    [StringLength(40)]
    public string Name { get; set; } = "default";

    /// <summary>Where it stands, for people; not interpreted.</summary>
    public string? Region { get; set; }

    /// <summary>The path of the kubeconfig that leads to it. Needed unless <see cref="InCluster"/>.</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>The kubeconfig's context. The default is the file's current one.</summary>
    public string? Context { get; set; }

    /// <summary>Whether it is the cluster in which Baas itself runs as a pod: its service account is used then. The default is no.</summary>
    public bool InCluster { get; set; }

    /// <summary>Whether a kubeconfig may switch off the check of the API server's certificate. The default is no.</summary>
    public bool AllowInsecureTls { get; set; }

    /// <summary>How nodes are exposed when the specification does not say. The default is <see cref="Exposure.Cluster"/>.</summary>
    public Exposure DefaultExposure { get; set; }

    /// <summary>Whether Baas can connect to the cluster's DNS names. The default is yes inside the cluster, no elsewhere: Services' addresses are used then.</summary>
    public bool? DialsDnsNames { get; set; }

    /// <summary>The namespace in which Baas itself runs in this cluster; network policies let it in. The default is <c>baas</c>.</summary>
    [Required]
    public string BaasNamespace { get; set; } = "baas";

    /// <summary>
    /// From where Baas connects when it runs outside the cluster, as CIDR blocks; network policies let these in. The default is anywhere,
    /// which leaves it to Fabric's own TLS and identities to refuse callers.
    /// </summary>
    public IList<string> BaasAddresses { get; init; } = [];

    /// <summary>What stands before the names of Fabric's images, such as <c>registry.example.com/mirror</c>. The default is nothing: <c>hyperledger/fabric-peer</c>.</summary>
    public string? ImageRegistry { get; set; }

    /// <summary>The Secret that pods pull images with. The default is none.</summary>
    public string? ImagePullSecret { get; set; }

    /// <summary>The path of a Docker config (<c>.dockerconfigjson</c>) from which that Secret is made in each namespace. The default is none: somebody else makes it.</summary>
    public string? ImagePullDockerConfig { get; set; }

    /// <summary>The address of the cluster's nodes that is advertised with exposure <see cref="Exposure.NodePort"/>. The default is a node's own address.</summary>
    public string? NodeAddress { get; set; }

    /// <summary>Whether Baas connects to DNS names of this cluster.</summary>
    internal bool DialsDns => DialsDnsNames ?? InCluster;
}
