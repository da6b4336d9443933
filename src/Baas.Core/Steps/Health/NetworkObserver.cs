using Baas.Core.Health;
using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps.Health;

/// <summary>Looks at networks through their clusters' APIs and through their nodes' own.</summary>
internal sealed class NetworkObserver(
    KubernetesClusters clusters, ArtifactStore artifacts, IdentityStore identities, SecretStore secrets, FabricAccess access, HealthOptions options, TimeProvider clock) : INetworkObserver
{
    /// <inheritdoc/>
    public IObservationRound BeginRound(CancellationToken cancellationToken) => new ObservationRound(
        new ClusterViews(clusters, options, cancellationToken),
        artifacts,
        identities,
        new ObjectLook(new WantedObjects(identities, secrets, artifacts)),
        new NodeLook(access, options, clock));
}
