using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Writes down where a node listens, for profiles and the topology.</summary>
internal sealed class RecordEndpoint(ArtifactStore artifacts) : IUndoableStep<RecordEndpoint.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await artifacts.PutEndpointAsync(input.Network, input.Endpoint, cancellationToken);
        return Nothing.Value;
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) =>
        artifacts.DeleteEndpointAsync(input.Network, input.Endpoint.Node, cancellationToken);

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeEndpoint Endpoint, MspId MspId) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Endpoint.Node.ToString();
    }
}
