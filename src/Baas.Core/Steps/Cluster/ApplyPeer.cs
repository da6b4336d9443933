using System.Security.Cryptography;
using System.Text;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Puts a peer's Secret and StatefulSet (and its CouchDB when asked for) into the cluster; does not wait for it to be ready.</summary>
internal sealed class ApplyPeer(KubernetesClusters clusters, IdentityStore identities, SecretStore secrets, ArtifactStore artifacts) : IUndoableStep<ApplyPeer.Input, Nothing>
{
    private const int PasswordLength = 48;

    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var cluster = clusters.Get(input.Cluster);
        var node = PlaceOf(input);
        var files = await identities.ReadFilesAsync(input.Network, node.Node, cancellationToken);
        var hasDatabase = input.StateDatabase == StateDatabase.CouchDb;

        // One after the other: a pod that does not find its Secrets tries again late.
        var database = hasDatabase ? CouchDbManifests.Before(node, await PasswordAsync(input, cancellationToken)) : [];
        await cluster.Api.ApplyAllAsync([files.Secret(node), .. database], cancellationToken);

        var aliases = await artifacts.ReadAliasesAsync(input.Network, cancellationToken);
        var peer = PeerManifests.StatefulSet(
            node, input.Endpoint, input.MspId, input.FabricVersion, input.StateDatabase, input.Resources, files, input.Fingerprint, cluster.Options, aliases);
        IReadOnlyList<Manifest> sets = hasDatabase ? [peer, CouchDbManifests.StatefulSet(node, input.FabricVersion, input.Resources, cluster.Options)] : [peer];
        await cluster.Api.ApplyAllAsync(sets, cancellationToken);
        return Nothing.Value;
    }

    /// <inheritdoc/>
    public async Task UndoAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;
        var node = PlaceOf(input);
        await NodeObjects.RemoveAsync(api, node, cancellationToken);
        if (input.StateDatabase == StateDatabase.CouchDb)
        {
            await NodeObjects.RemoveAsync(api, node.Database, cancellationToken);
            await api.DeleteAsync(node.Database.Service, cancellationToken);
            await secrets.DeleteAsync(ArtifactNames.Secrets(input.Network), ArtifactNames.DatabasePassword(node.Node), cancellationToken);
        }
    }

    private async Task<string> PasswordAsync(Input input, CancellationToken cancellationToken)
    {
        var fresh = Encoding.UTF8.GetBytes(RandomNumberGenerator.GetHexString(PasswordLength, lowercase: true));
        var stored = await secrets.PutIfAbsentAsync(
            ArtifactNames.Secrets(input.Network), ArtifactNames.DatabasePassword(input.Endpoint.Node), fresh, cancellationToken);
        return Encoding.UTF8.GetString(stored);
    }

    private static PlacedNode PlaceOf(Input input) => new(input.Network, input.Endpoint.Node, NodeRole.Peer);

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeEndpoint Endpoint, MspId MspId, FabricVersion FabricVersion, StateDatabase StateDatabase, NodeResources Resources, ClusterName? Cluster, string Fingerprint) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Endpoint.Node.ToString();
    }
}
