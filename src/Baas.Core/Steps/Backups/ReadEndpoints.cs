using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Reads where a network's nodes listen.</summary>
internal sealed class ReadEndpoints(ArtifactStore artifacts) : IStep<ReadEndpoints.Input, ReadEndpoints.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken) => new(await artifacts.ListEndpointsAsync(input.Network, cancellationToken));

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network) : IStepInput<ReadEndpoints.Output>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What was read.</summary>
    /// <param name="Nodes">The nodes, ordered by organization and name.</param>
    public sealed record Output(IReadOnlyList<NodeEndpoint> Nodes);
}
