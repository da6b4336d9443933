using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps.Health;

/// <summary>One look at all networks.</summary>
internal sealed class ObservationRound(ClusterViews views, ArtifactStore artifacts, IdentityStore identities, ObjectLook objects, NodeLook nodes) : IObservationRound
{
    /// <inheritdoc/>
    public Task ClustersAsync(NetworkSpec spec) =>
        Task.WhenAll(spec.Organizations.Select(organization => organization.Cluster).Append(spec.Ordering.Cluster).Distinct().Select(views.GetAsync));

    /// <inheritdoc/>
    public async Task<NetworkObservation> ObserveAsync(NetworkReference network, NetworkSpec spec, CancellationToken cancellationToken)
    {
        var changes = Placement.ChangesOf(spec);
        var placements = Placement.NodesOf(network, changes);
        var endpoints = (await artifacts.ListEndpointsAsync(network, cancellationToken)).ToDictionary(endpoint => endpoint.Node);
        var seen = await Task.WhenAll(placements.Select(placement => NodeAsync(spec, placement, endpoints, cancellationToken)));
        List<string> incomplete = [];
        var compared = await ObjectsAsync(network, changes, placements, endpoints, incomplete, cancellationToken);
        return new NetworkObservation
        {
            Network = network,
            Spec = spec,
            Nodes = seen,
            ClusterFailures = await FailuresAsync(placements, compared.Failures),
            Objects = compared.Objects,
            Certificates = await CertificateReading.OfOrganizationsAsync(identities, network, spec, cancellationToken),
            Incomplete = incomplete,
        };
    }

    private async Task<NodeObservation> NodeAsync(
        NetworkSpec spec, Placement placement, Dictionary<NodeReference, NodeEndpoint> endpoints, CancellationToken cancellationToken)
    {
        var place = placement.Place;
        var (view, failure) = await views.GetAsync(placement.Cluster);
        var pod = view?.PodOf(place);
        var answer = await AskAsync(spec, place, endpoints.GetValueOrDefault(place.Node), view, pod?.Text("metadata", "name"), cancellationToken);
        return new NodeObservation
        {
            Node = place.Node,
            Role = place.Role,
            ClusterFailure = failure,
            Pod = pod is null ? null : PodReading.Of(pod),
            PodMissingDetail = pod is null && view is not null && view.Find(place.StatefulSet) is null ? $"{place.StatefulSet} is not there" : null,
            CallFailure = answer?.Failure,
            Refusal = answer?.Refusal,
            Channels = answer?.Channels ?? [],
            Volume = view?.Volumes.Find(place.Claim),
            Certificates = place.Role == NodeRole.StateDatabase ? [] : await CertificateReading.OfNodeAsync(identities, place, cancellationToken),
        };
    }

    private async Task<NodeLook.Answer?> AskAsync(NetworkSpec spec, Kubernetes.Manifests.PlacedNode place, NodeEndpoint? endpoint, ClusterView? view, string? pod, CancellationToken cancellationToken)
    {
        if (endpoint is null || place.Role is not (NodeRole.Orderer or NodeRole.Peer))
        {
            return null;
        }

        if (place.Role == NodeRole.Peer)
        {
            ChannelName[] joined = [.. spec.Channels.Where(channel => channel.Organizations.Contains(place.Node.Organization)).Select(channel => channel.Name)];
            return await nodes.AskPeerAsync(place.Network, endpoint, joined, cancellationToken);
        }

        var metrics = view is null || pod is null ? null : await nodes.MetricsAsync(view.Cluster.Api, place, pod, cancellationToken);
        return await nodes.AskOrdererAsync(place.Network, endpoint, [.. spec.Channels.Select(channel => channel.Name)], spec.Ordering.Consensus, metrics, cancellationToken);
    }

    private async Task<(IReadOnlyList<ObjectObservation> Objects, IReadOnlyDictionary<string, string> Failures)> ObjectsAsync(
        NetworkReference network,
        IReadOnlyList<NetworkChange> changes,
        IReadOnlyList<Placement> placements,
        Dictionary<NodeReference, NodeEndpoint> endpoints,
        List<string> incomplete,
        CancellationToken cancellationToken)
    {
        List<ObjectObservation> found = [];
        Dictionary<string, string> failures = new(StringComparer.Ordinal);
        HashSet<OrganizationName> without = [];
        foreach (var organization in changes.OfType<AddOrganization>())
        {
            await GuardAsync(organization.Cluster, async view => found.AddRange(await ObjectLook.OrganizationAsync(network, organization, view, cancellationToken)));
        }

        without.UnionWith(found.Where(one => one.Code is Core.Health.FindingCodes.NamespaceMissing or Core.Health.FindingCodes.NamespaceForeign).Select(one => one.Organization));
        foreach (var placement in placements.Where(placement => !without.Contains(placement.Place.Node.Organization)))
        {
            await GuardAsync(placement.Cluster, async view => found.AddRange(await objects.NodeAsync(placement, endpoints.GetValueOrDefault(placement.Place.Node), view, cancellationToken)));
        }

        return (found, failures);

        async Task GuardAsync(ClusterName? cluster, Func<ClusterView, Task> look)
        {
            if ((await views.GetAsync(cluster)).View is not { } view)
            {
                return;
            }

            try
            {
                await look(view);
            }
            catch (KubernetesException failure)
            {
                failures[views.NameOf(cluster)] = Messages.OneLine(failure.Message, 300);
            }
            catch (StorageException failure)
            {
                incomplete.Add(failure.Message);
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> FailuresAsync(IReadOnlyList<Placement> placements, IReadOnlyDictionary<string, string> others)
    {
        Dictionary<string, string> failures = new(others, StringComparer.Ordinal);
        foreach (var cluster in placements.Select(placement => placement.Cluster).Distinct())
        {
            if ((await views.GetAsync(cluster)).Failure is { } failure)
            {
                failures[views.NameOf(cluster)] = failure;
            }
        }

        return failures;
    }
}
