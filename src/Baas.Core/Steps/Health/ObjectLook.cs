using System.Text.Json.Nodes;
using Baas.Core.Health;
using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;

namespace Baas.Core.Steps.Health;

/// <summary>Compares what a cluster has with what the specification asks for.</summary>
internal sealed class ObjectLook(WantedObjects wanted)
{
    /// <summary>What of an organization's own objects is not as it should be.</summary>
    /// <exception cref="KubernetesException">The cluster could not be asked.</exception>
    public static async Task<IReadOnlyList<ObjectObservation>> OrganizationAsync(NetworkReference network, AddOrganization change, ClusterView view, CancellationToken cancellationToken)
    {
        var reference = NamespaceManifests.Reference(network, change.Organization);
        if (view.Find(reference) is not { } space || !Labels.AreOf(space, network, change.Organization))
        {
            var foreign = await view.Cluster.Api.GetAsync(reference, cancellationToken);
            var code = foreign is null ? FindingCodes.NamespaceMissing : FindingCodes.NamespaceForeign;
            var detail = foreign is null ? "it is gone, with all that was in it" : "it is not labelled as this organization's";
            return [new ObjectObservation { Name = reference.ToString(), Organization = change.Organization, Code = code, Detail = detail }];
        }

        var objects = WantedObjects.OfOrganization(network, change, view.Cluster.Options);
        return [.. objects.Select(manifest => Compare(manifest, view.Find(manifest.Resource), change.Organization, null)).OfType<ObjectObservation>()];
    }

    /// <summary>What of a node's objects is not as it should be.</summary>
    /// <exception cref="KubernetesException">The cluster could not be asked.</exception>
    /// <exception cref="Storage.StorageException">It is not on record how the node should be.</exception>
    public async Task<IReadOnlyList<ObjectObservation>> NodeAsync(Placement placement, NodeEndpoint? endpoint, ClusterView view, CancellationToken cancellationToken)
    {
        List<ObjectObservation> found = [];
        var (organization, node) = (placement.Place.Node.Organization, NodeName.Parse(placement.Place.Name));
        foreach (var manifest in await wanted.OfNodeAsync(placement, endpoint, null, view.Cluster.Options, cancellationToken))
        {
            var seen = ClusterView.Knows(manifest.Resource.Kind)
                ? Compare(manifest, view.Find(manifest.Resource), organization, node)
                : await view.Cluster.Api.IsThereAsync(manifest, cancellationToken) ? null : Missing(manifest, organization, node);
            if (seen is not null)
            {
                found.Add(seen);
            }
        }

        return [.. found, .. AddressOf(placement, endpoint, view, organization, node)];
    }

    private static ObjectObservation? Compare(Manifest manifest, JsonObject? live, OrganizationName organization, NodeName? node)
    {
        if (live is null || live.IsTerminating())
        {
            return Missing(manifest, organization, node);
        }

        return ObjectDrift.Find(manifest.Body, live) is { } difference
            ? Missing(manifest, organization, node) with { Code = FindingCodes.ObjectDrifted, Detail = difference }
            : null;
    }

    private static ObjectObservation Missing(Manifest manifest, OrganizationName organization, NodeName? node) => new()
    {
        Name = manifest.Resource.ToString(),
        Organization = organization,
        Node = node,
        Code = FindingCodes.ObjectMissing,
        Detail = "it is not there",
        RestartsPod = manifest.Resource.Kind == ResourceKind.StatefulSet,
    };

    // Certificates and channels carry the address: a Service that was made anew may lead elsewhere.
    private static IEnumerable<ObjectObservation> AddressOf(Placement placement, NodeEndpoint? endpoint, ClusterView view, OrganizationName organization, NodeName node)
    {
        var exposure = placement.Exposure ?? view.Cluster.Options.DefaultExposure;
        if (endpoint is null || placement.Place.Role == NodeRole.StateDatabase || view.Find(placement.Place.Service) is not { } service)
        {
            yield break;
        }

        var address = ServiceAddress.Of(placement.Place, service, exposure, view.Nodes, view.Cluster.Options);
        if (address.Host is { } host && (host != endpoint.Reached || address.Port != endpoint.Port))
        {
            yield return new ObjectObservation
            {
                Name = placement.Place.Service.ToString(),
                Organization = organization,
                Node = node,
                Code = FindingCodes.AddressChanged,
                Detail = $"it leads to {host}:{address.Port}, certificates and channels say {endpoint.Address}",
            };
        }
    }
}
