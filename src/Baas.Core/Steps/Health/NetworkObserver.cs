using Baas.Core.Fabric.Transport;
using Baas.Core.Health;
using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;
using Baas.Core.Storage;

namespace Baas.Core.Steps.Health;

/// <summary>Looks at networks through their clusters' APIs and through their nodes' own.</summary>
internal sealed class NetworkObserver(
    KubernetesClusters clusters, IBlobStore blobs, SecretStore secrets, FabricConnections connections, HealthOptions options, TimeProvider clock) : INetworkObserver
{
    /// <inheritdoc/>
    public IObservationRound BeginRound(CancellationToken cancellationToken) =>
        new ObservationRound(new ClusterViews(clusters, options, cancellationToken), blobs, secrets, connections, options, clock);
}
