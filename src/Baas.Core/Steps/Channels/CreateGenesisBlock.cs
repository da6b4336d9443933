using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Channels;

/// <summary>Makes a channel's genesis block once and stores it; a second run takes the stored one.</summary>
internal sealed class CreateGenesisBlock : IUndoableStep<CreateGenesisBlock.Input, CreateGenesisBlock.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public Task<CreateGenesisBlock.Output> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelSpec Channel, OrderingSpec Ordering, IReadOnlyList<OrganizationSpec> Members, ChannelCapabilities Capabilities, IReadOnlyList<NodeEndpoint> Orderers, IReadOnlyList<NodeEndpoint> AnchorPeers) : IStepInput<CreateGenesisBlock.Output>
    {
        /// <inheritdoc/>
        public string Subject => Channel.Name.Value;
    }

    /// <summary>What was made.</summary>
    /// <param name="BlockHash">The hash of the block header, as lower-case hex.</param>
    public sealed record Output(string BlockHash);
}
