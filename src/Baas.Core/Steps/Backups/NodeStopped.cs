using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Looks whether nothing writes to a node's volume any more: its pod is gone, not only ending.</summary>
internal sealed class NodeStopped(KubernetesClusters clusters) : IStep<NodeStopped.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var node = new PlacedNode(input.Network, input.Node, input.Role);
        var api = clusters.Get(input.Cluster).Api;
        var pods = await api.ListAsync(ResourceKind.Pod, node.Namespace, $"{Labels.Node}={node.Name}", cancellationToken);
        return pods.Count == 0 ? new Observation(true, "") : new Observation(false, WorkloadStatus.Describe(pods));
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, ClusterName? Cluster) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
