using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Looks whether a node's pod is ready, of the wanted revision.</summary>
internal sealed class NodeReady : IStep<NodeReady.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, ClusterName? Cluster) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
