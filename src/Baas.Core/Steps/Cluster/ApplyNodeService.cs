using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Puts a node's Service into the cluster, so that its address is known before its certificates are made.</summary>
internal sealed class ApplyNodeService : IUndoableStep<ApplyNodeService.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, ClusterName? Cluster, Exposure? Exposure) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
