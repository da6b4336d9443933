using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Stops or starts a node; does not wait for it. Undone, the node is started: no failure leaves one stopped. A node that is absent stays so.</summary>
internal sealed class ScaleNode(KubernetesClusters clusters) : IUndoableStep<ScaleNode.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => ScaleAsync(input, input.IsRunning, cancellationToken);

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => ScaleAsync(input, isRunning: true, cancellationToken);

    private async Task<Nothing> ScaleAsync(Input input, bool isRunning, CancellationToken cancellationToken)
    {
        var node = new PlacedNode(input.Network, input.Node, input.Role);
        await clusters.Get(input.Cluster).Api.ScaleAsync(node.StatefulSet, isRunning ? 1 : 0, cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, ClusterName? Cluster, bool IsRunning) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
