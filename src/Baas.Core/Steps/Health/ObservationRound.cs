using Baas.Core.Fabric.Transport;
using Baas.Core.Health;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps.Health;

/// <summary>One look at all networks. What is stored of a network is read once a look: its nodes share authorities and administrators.</summary>
internal sealed class ObservationRound(ClusterViews views, IBlobStore blobs, SecretStore secrets, FabricConnections connections, HealthOptions options, TimeProvider clock) : IObservationRound
{
    /// <inheritdoc/>
    public Task ClustersAsync(NetworkSpec spec) =>
        Task.WhenAll(spec.Organizations.Select(organization => organization.Cluster).Append(spec.Ordering.Cluster).Distinct().Select(views.GetAsync));

    /// <inheritdoc/>
    public Task<NetworkObservation> ObserveAsync(NetworkReference network, NetworkSpec spec, CancellationToken cancellationToken)
    {
        var once = new OnceBlobs(blobs, cancellationToken);
        var opened = secrets.Through(once);
        var (artifacts, identities) = (new ArtifactStore(once), new IdentityStore(opened, once));
        var objects = new ObjectLook(new WantedObjects(identities, opened, artifacts));
        var nodes = new NodeLook(new FabricAccess(connections, identities), options, clock);
        return new NetworkLook(views, artifacts, identities, objects, nodes).ObserveAsync(network, spec, cancellationToken);
    }
}
