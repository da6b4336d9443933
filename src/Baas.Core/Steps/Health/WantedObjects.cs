using System.Text;
using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps.Health;

/// <summary>The objects that a network's specification and stored identities ask for: what its making has applied.</summary>
internal sealed class WantedObjects(IdentityStore identities, SecretStore secrets, ArtifactStore artifacts)
{
    /// <summary>What an organization has once, its namespace first.</summary>
    public static IReadOnlyList<Manifest> OfOrganization(NetworkReference network, AddOrganization change, ClusterOptions cluster)
    {
        var role = change.IsOrdering ? NodeRole.Orderer : NodeRole.Peer;
        return
        [
            NamespaceManifests.Namespace(network, change.Organization, role),
            .. NamespaceManifests.Content(network, change.Organization, role, change.Nodes, cluster),
        ];
    }

    /// <summary>A node's objects in the order in which they are applied: its StatefulSet last.</summary>
    /// <param name="placement">The node and what makes it.</param>
    /// <param name="endpoint">Where it listens, as it is on record.</param>
    /// <param name="wished">The address that its Service is to ask for; null for any.</param>
    /// <param name="cluster">The settings of its cluster.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageException">Something of the node is not on record.</exception>
    public async Task<IReadOnlyList<Manifest>> OfNodeAsync(Placement placement, NodeEndpoint? endpoint, NodeEndpoint? wished, ClusterOptions cluster, CancellationToken cancellationToken)
    {
        var (place, change, _, exposure) = placement;
        if (place.Role == NodeRole.StateDatabase)
        {
            var peer = (AddPeer)change; // only peers have one
            var peerPlace = place with { Role = NodeRole.Peer };
            var password = await secrets.GetAsync(ArtifactNames.Secrets(place.Network), ArtifactNames.DatabasePassword(place.Node), cancellationToken)
                ?? throw Missing("the password of its state database", place);
            return [.. CouchDbManifests.Before(peerPlace, Encoding.UTF8.GetString(password)), CouchDbManifests.StatefulSet(peerPlace, peer.FabricVersion, peer.Resources, cluster)];
        }

        var files = await identities.ReadFilesAsync(place.Network, place.Node, cancellationToken);
        var fingerprint = (await identities.ReadNodeAsync(place.Network, place.Node, cancellationToken)).Fingerprint();
        var aliases = await artifacts.ReadAliasesAsync(place.Network, cancellationToken);
        var set = change switch
        {
            AddOrderer orderer => OrdererManifests.StatefulSet(place, orderer.MspId, orderer.FabricVersion, orderer.Resources, files, fingerprint, cluster, aliases),
            AddPeer peer => PeerManifests.StatefulSet(
                place, endpoint ?? throw Missing("its address", place), peer.MspId, peer.FabricVersion, peer.StateDatabase, peer.Resources, files, fingerprint, cluster, aliases),
            AddChaincode chaincode => ChaincodeManifests.StatefulSet(
                place, chaincode.Chaincode.Image, await PackageIdAsync(place, chaincode.Chaincode, cancellationToken), files, fingerprint, cluster),
            _ => throw new System.Diagnostics.UnreachableException(change.Kind),
        };
        return [.. ServiceManifests.For(place, exposure ?? cluster.DefaultExposure, wished), files.Secret(place), set];
    }

    private async Task<string> PackageIdAsync(PlacedNode place, ChaincodeSpec chaincode, CancellationToken cancellationToken) =>
        await artifacts.FindPackageAsync(place.Network, place.Node.Organization, chaincode, cancellationToken) is { } package
            ? ChaincodePackage.Read(package).Id
            : throw Missing("its chaincode package", place);

    private static StorageException Missing(string what, PlacedNode place) => new("record-incomplete", $"cannot tell how node \"{place.Node}\" should be: {what} is not on record");
}
