using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Writes down where a node listens, for profiles and the topology.</summary>
internal sealed class RecordEndpoint : IUndoableStep<RecordEndpoint.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeEndpoint Endpoint, MspId MspId) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Endpoint.Node.ToString();
    }
}
