using Baas.Core.Health;
using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps.Health;

/// <summary>One look at one network.</summary>
internal sealed class NetworkLook(ClusterViews views, ArtifactStore artifacts, IdentityStore identities, ObjectLook objects, NodeLook nodes)
{
    // Of one network, so that a large one does not take the cluster's API for itself.
    private const int AtATime = 8;

    /// <summary>Looks at all of it; what cannot be asked is told, not thrown.</summary>
    public async Task<NetworkObservation> ObserveAsync(NetworkReference network, NetworkSpec spec, CancellationToken cancellationToken)
    {
        var changes = Placement.ChangesOf(spec);
        var placements = Placement.NodesOf(network, changes);
        var endpoints = (await artifacts.ListEndpointsAsync(network, cancellationToken)).ToDictionary(endpoint => endpoint.Node);
        var seen = await Task.WhenAll(placements.Select(placement => NodeAsync(spec, placement, endpoints, cancellationToken)));
        var compared = await ObjectsAsync(network, changes, placements, endpoints, cancellationToken);
        return new NetworkObservation
        {
            Network = network,
            Spec = spec,
            Nodes = seen,
            ClusterFailures = await FailuresAsync(placements, compared.Failures),
            Objects = [.. compared.Objects.OrderBy(one => one.Name, StringComparer.Ordinal)],
            Certificates = await CertificateReading.OfOrganizationsAsync(identities, network, spec, cancellationToken),
            Incomplete = compared.Incomplete,
        };
    }

    private async Task<NodeObservation> NodeAsync(
        NetworkSpec spec, Placement placement, Dictionary<NodeReference, NodeEndpoint> endpoints, CancellationToken cancellationToken)
    {
        var place = placement.Place;
        var (view, failure) = await views.GetAsync(placement.Cluster);
        var pod = view?.PodOf(place);
        var measured = MeasureAsync(place, view, pod?.Text("metadata", "name"), cancellationToken);
        var answer = await AskAsync(spec, place, endpoints.GetValueOrDefault(place.Node), measured, cancellationToken);
        return new NodeObservation
        {
            Node = place.Node,
            Role = place.Role,
            ClusterFailure = failure,
            Pod = pod is null ? null : PodReading.Of(pod),
            PodMissingDetail = pod is null && view is not null && view.Find(place.StatefulSet) is null ? $"{place.StatefulSet} is not there" : null,
            CallFailure = answer?.Failure,
            Refusal = answer?.Refusal,
            Version = (await measured)?.Version,
            Channels = answer?.Channels ?? [],
            Volume = view?.Volumes.Find(place.Claim),
            Certificates = place.Role == NodeRole.StateDatabase ? [] : await CertificateReading.OfNodeAsync(identities, place, cancellationToken),
        };
    }

    // At the same time as the node itself is asked: one that hangs keeps both waiting to the end.
    private Task<NodeMetrics?> MeasureAsync(Kubernetes.Manifests.PlacedNode place, ClusterView? view, string? pod, CancellationToken cancellationToken) =>
        view is null || pod is null || place.Role is not (NodeRole.Orderer or NodeRole.Peer) ? Task.FromResult<NodeMetrics?>(null) : nodes.MetricsAsync(view.Cluster.Api, place, pod, cancellationToken);

    private async Task<NodeLook.Answer?> AskAsync(NetworkSpec spec, Kubernetes.Manifests.PlacedNode place, NodeEndpoint? endpoint, Task<NodeMetrics?> measured, CancellationToken cancellationToken)
    {
        if (endpoint is null || place.Role is not (NodeRole.Orderer or NodeRole.Peer))
        {
            return null;
        }

        if (place.Role == NodeRole.Peer)
        {
            ChannelName[] joined = [.. spec.Channels.Where(channel => channel.Organizations.Contains(place.Node.Organization)).Select(channel => channel.Name)];
            return await nodes.AskPeerAsync(place.Network, endpoint, joined, measured, cancellationToken);
        }

        return await nodes.AskOrdererAsync(place.Network, endpoint, [.. spec.Channels.Select(channel => channel.Name)], spec.Ordering.Consensus, measured, cancellationToken);
    }

    private async Task<Compared> ObjectsAsync(
        NetworkReference network,
        IReadOnlyList<NetworkChange> changes,
        IReadOnlyList<Placement> placements,
        Dictionary<NodeReference, NodeEndpoint> endpoints,
        CancellationToken cancellationToken)
    {
        var compared = new Compared();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(changes.OfType<AddOrganization>(), limits, async (organization, stop) =>
            await CompareAsync(compared, organization.Cluster, view => ObjectLook.OrganizationAsync(network, organization, view, stop)));
        var without = compared.Objects.Where(one => one.Code is FindingCodes.NamespaceMissing or FindingCodes.NamespaceForeign).Select(one => one.Organization).ToHashSet();
        await Parallel.ForEachAsync(placements.Where(placement => !without.Contains(placement.Place.Node.Organization)), limits, async (placement, stop) =>
            await CompareAsync(compared, placement.Cluster, view => objects.NodeAsync(placement, endpoints.GetValueOrDefault(placement.Place.Node), view, stop)));
        return compared;
    }

    private async Task CompareAsync(Compared compared, ClusterName? cluster, Func<ClusterView, Task<IReadOnlyList<ObjectObservation>>> look)
    {
        if ((await views.GetAsync(cluster)).View is not { } view)
        {
            return;
        }

        try
        {
            compared.Add(await look(view));
        }
        catch (KubernetesException failure)
        {
            compared.Failed(views.NameOf(cluster), Messages.OneLine(failure.Message, 300));
        }
        catch (StorageException failure)
        {
            compared.Missing(failure.Message);
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

    /// <summary>What the comparisons of one network have found; they run side by side.</summary>
    private sealed class Compared
    {
        private readonly Lock _gate = new();
        private readonly List<ObjectObservation> _objects = [];
        private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);
        private readonly List<string> _incomplete = [];

        public IReadOnlyList<ObjectObservation> Objects => _objects;

        public IReadOnlyDictionary<string, string> Failures => _failures;

        public IReadOnlyList<string> Incomplete => _incomplete;

        public void Add(IReadOnlyList<ObjectObservation> objects)
        {
            lock (_gate)
            {
                _objects.AddRange(objects);
            }
        }

        public void Failed(string cluster, string failure)
        {
            lock (_gate)
            {
                _failures[cluster] = failure;
            }
        }

        public void Missing(string what)
        {
            lock (_gate)
            {
                _incomplete.Add(what);
            }
        }
    }
}
