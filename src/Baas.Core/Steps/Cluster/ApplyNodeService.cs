using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>
/// Puts a node's Service into the cluster, so that its address is known before its certificates are made. One that is made again asks for the address that is
/// on record: certificates and channels name it.
/// </summary>
internal sealed class ApplyNodeService(KubernetesClusters clusters, ArtifactStore artifacts) : IUndoableStep<ApplyNodeService.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var cluster = clusters.Get(input.Cluster);
        var node = new PlacedNode(input.Network, input.Node, input.Role);
        var known = await artifacts.FindEndpointAsync(input.Network, input.Node, cancellationToken);
        var there = known is null ? null : await cluster.Api.GetAsync(node.Service, cancellationToken);
        var manifests = ServiceManifests.For(node, input.Exposure ?? cluster.Options.DefaultExposure, ServiceWish.Of(there, known));
        await cluster.Api.ApplyAllAsync(manifests, cancellationToken);
        return Nothing.Value;
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken)
    {
        var node = new PlacedNode(input.Network, input.Node, input.Role);

        // The policy, too, whatever the exposure: the cluster's default may have changed since.
        return clusters.Get(input.Cluster).Api.DeleteAllAsync([node.Service, node.ExposurePolicy], cancellationToken);
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, ClusterName? Cluster, Exposure? Exposure) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
