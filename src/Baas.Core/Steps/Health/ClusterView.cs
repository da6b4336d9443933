using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;

namespace Baas.Core.Steps.Health;

/// <summary>What one cluster has of Baas's, asked once for all networks.</summary>
internal sealed class ClusterView
{
    private static readonly ResourceKind[] Kinds =
    [
        ResourceKind.Namespace, ResourceKind.Pod, ResourceKind.StatefulSet, ResourceKind.Service, ResourceKind.NetworkPolicy, ResourceKind.ResourceQuota,
        ResourceKind.LimitRange, ResourceKind.PodDisruptionBudget,
    ];

    private readonly Dictionary<ResourceReference, JsonObject> _objects;
    private readonly ILookup<(string Namespace, string Node), JsonObject> _pods;

    private ClusterView(KubernetesCluster cluster, IEnumerable<(ResourceReference Resource, JsonObject Body)> objects, IReadOnlyList<JsonObject> nodes, VolumeStats volumes)
    {
        Cluster = cluster;
        Nodes = nodes;
        Volumes = volumes;
        _objects = objects.ToDictionary(one => one.Resource, one => one.Body);
        _pods = _objects.Where(one => one.Key.Kind == ResourceKind.Pod).ToLookup(one => (one.Key.Namespace ?? "", one.Value.Text("metadata", "labels", Labels.Node)), one => one.Value);
    }

    /// <summary>The cluster.</summary>
    public KubernetesCluster Cluster { get; }

    /// <summary>Its own nodes.</summary>
    public IReadOnlyList<JsonObject> Nodes { get; }

    /// <summary>How full volumes are, as far as it tells.</summary>
    public VolumeStats Volumes { get; }

    /// <summary>Asks a cluster.</summary>
    /// <exception cref="KubernetesException">It refused or did not answer.</exception>
    public static async Task<ClusterView> ReadAsync(KubernetesCluster cluster, CancellationToken cancellationToken)
    {
        var lists = Kinds.Select(kind => ListAsync(cluster.Api, kind, cancellationToken)).ToList();
        var nodes = await cluster.Api.ListAsync(ResourceKind.Node, null, null, cancellationToken);
        var volumes = await VolumeStats.ReadAsync(cluster.Api, nodes, cancellationToken);
        return new ClusterView(cluster, (await Task.WhenAll(lists)).SelectMany(one => one), nodes, volumes);
    }

    /// <summary>An object of one of the kinds that are asked for; null when the cluster has none of Baas's of that name.</summary>
    public JsonObject? Find(ResourceReference resource) => _objects.GetValueOrDefault(resource);

    /// <summary>Whether objects of a kind are in the view.</summary>
    public static bool Knows(ResourceKind kind) => Kinds.Contains(kind);

    /// <summary>A node's pods, the one that is not ending first.</summary>
    public JsonObject? PodOf(PlacedNode place) => _pods[(place.Namespace, place.Name)].OrderBy(pod => pod.IsTerminating()).FirstOrDefault();

    private static async Task<IEnumerable<(ResourceReference, JsonObject)>> ListAsync(IKubernetesApi api, ResourceKind kind, CancellationToken cancellationToken)
    {
        var objects = await api.ListAsync(kind, null, $"{Labels.ManagedBy}=baas", cancellationToken);
        return objects.Select(one => (new ResourceReference(kind, kind.IsNamespaced ? one.Text("metadata", "namespace") : null, one.Text("metadata", "name")), one));
    }
}
