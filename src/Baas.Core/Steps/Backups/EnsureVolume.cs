using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Makes the claim of a node's volume when there is none, so that it can be filled before the node is there.</summary>
internal sealed class EnsureVolume(KubernetesClusters clusters) : IStep<EnsureVolume.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;
        var node = new PlacedNode(input.Network, input.Node, input.Role);
        var there = await api.GetAsync(node.Claim, cancellationToken);
        if (there is null || there.IsTerminating())
        {
            await api.ApplyAllAsync([AgentManifests.Claim(node, input.Resources)], cancellationToken);
        }

        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, NodeResources Resources, ClusterName? Cluster) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
