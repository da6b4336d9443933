using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Channels;

/// <summary>Looks whether an orderer takes part in a channel actively.</summary>
internal sealed class OrdererActive : IStep<OrdererActive.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelName Channel, NodeEndpoint Orderer) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => $"{Orderer.Node} → {Channel}";
    }
}
