using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>A node and the names of its objects in the cluster.</summary>
/// <param name="Network">The network.</param>
/// <param name="Node">The node.</param>
/// <param name="Role">What it does.</param>
internal sealed record PlacedNode(NetworkReference Network, NodeReference Node, NodeRole Role)
{
    private const string DatabaseSuffix = "-couchdb";

    /// <summary>The name of its Service, Secret and StatefulSet.</summary>
    public string Name => Role == NodeRole.StateDatabase ? Node.Node + DatabaseSuffix : Node.Node.Value;

    /// <summary>Its namespace.</summary>
    public string Namespace => Network.NamespaceOf(Node.Organization);

    /// <summary>The CouchDB beside a peer.</summary>
    public PlacedNode Database => this with { Role = NodeRole.StateDatabase };

    /// <summary>Its Service.</summary>
    public ResourceReference Service => new(ResourceKind.Service, Namespace, Name);

    /// <summary>Its Secret.</summary>
    public ResourceReference Secret => new(ResourceKind.Secret, Namespace, Name);

    /// <summary>Its StatefulSet.</summary>
    public ResourceReference StatefulSet => new(ResourceKind.StatefulSet, Namespace, Name);

    /// <summary>The policy that lets the outside in, where it is exposed.</summary>
    public ResourceReference ExposurePolicy => new(ResourceKind.NetworkPolicy, Namespace, $"{Name}-exposed");

    /// <summary>The claim that the StatefulSet makes for its pod; it stays when the StatefulSet goes.</summary>
    public ResourceReference Claim => new(ResourceKind.PersistentVolumeClaim, Namespace, $"{StatefulSets.DataVolume}-{Name}-0");

    /// <summary>The names under which its Service is known inside the cluster, the advertised one first.</summary>
    /// <remarks>The advertised name leaves out the cluster's domain, which Baas does not know; pods find it by their search list.</remarks>
    public IReadOnlyList<string> DnsNames => [$"{Name}.{Namespace}.svc", $"{Name}.{Namespace}.svc.cluster.local", $"{Name}.{Namespace}", Name];
}
