using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Puts an orderer's Secret and StatefulSet into the cluster; does not wait for it to be ready.</summary>
internal sealed class ApplyOrderer(KubernetesClusters clusters, IdentityStore identities, ArtifactStore artifacts) : IUndoableStep<ApplyOrderer.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var cluster = clusters.Get(input.Cluster);
        var node = PlaceOf(input);
        var files = await identities.ReadFilesAsync(input.Network, node.Node, cancellationToken);

        // One after the other: a pod that does not find its Secret tries again late.
        await cluster.Api.ApplyAllAsync([files.Secret(node)], cancellationToken);
        var aliases = await artifacts.ReadAliasesAsync(input.Network, cancellationToken);
        var set = OrdererManifests.StatefulSet(node, input.MspId, input.FabricVersion, input.Resources, files, input.Fingerprint, cluster.Options, aliases);
        await cluster.Api.ApplyAllAsync([set], cancellationToken);
        return Nothing.Value;
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) =>
        NodeObjects.RemoveAsync(clusters.Get(input.Cluster).Api, PlaceOf(input), cancellationToken);

    private static PlacedNode PlaceOf(Input input) => new(input.Network, input.Endpoint.Node, NodeRole.Orderer);

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeEndpoint Endpoint, MspId MspId, FabricVersion FabricVersion, NodeResources Resources, ClusterName? Cluster, string Fingerprint) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Endpoint.Node.ToString();
    }
}
