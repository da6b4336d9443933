using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Reads how far a node's ledgers are.</summary>
internal sealed class ReadLedgers(NodeLedgers ledgers) : IStep<ReadLedgers.Input, ReadLedgers.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        List<LedgerHeight> heights = [];
        foreach (var channel in input.Channels)
        {
            if (await ledgers.FindHeightAsync(input.Network, input.Node, channel, cancellationToken) is > 0 and { } height)
            {
                heights.Add(new LedgerHeight(channel, height, await ledgers.ReadHashAsync(input.Network, input.Node, channel, height - 1, cancellationToken)));
            }
        }

        return new Output(heights);
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeEndpoint Node, IReadOnlyList<ChannelName> Channels) : IStepInput<ReadLedgers.Output>
    {
        /// <inheritdoc/>
        public string Subject => Node.Node.ToString();
    }

    /// <summary>What was read.</summary>
    /// <param name="Heights">The ledgers that the node has.</param>
    public sealed record Output(IReadOnlyList<LedgerHeight> Heights);
}
