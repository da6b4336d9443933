using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Channels;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Rolling;

/// <summary>
/// Raises the capability levels of a channel whose nodes all know them, and waits until each node has the block that says so. There is no way back, so there is no
/// inverse: what was begun is gone on with.
/// </summary>
public sealed class RaiseChannel : IWorkflow<RaiseChannel.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, channel) = (input.Network, input.Channel);
        await context.ApplyAsync(new RaiseCapabilities.Input(network, channel, input.Levels, input.Orderers, input.Organizations));
        var seen = await context.UntilAsync(new CapabilitiesRaised.Input(network, channel, input.Levels, input.Orderers[0]), Patience.ForLedgers);
        await Task.WhenAll(input.Orderers.Concat(input.Peers).Select(node =>
            context.UntilAsync(new LedgersReach.Input(network, node, [seen.Reached!]), Patience.ForLedgers))); // it is there where the look holds
        return await context.ApplyAsync(new RecordCapabilities.Input(network, channel, input.Levels));
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input : IWorkflowInput<Nothing>
    {
        /// <summary>The network.</summary>
        public required NetworkReference Network { get; init; }

        /// <summary>The channel.</summary>
        public required ChannelName Channel { get; init; }

        /// <summary>The levels that it is to have.</summary>
        public required ChannelCapabilities Levels { get; init; }

        /// <summary>The channel's orderers.</summary>
        public required IReadOnlyList<NodeEndpoint> Orderers { get; init; }

        /// <summary>The channel's peers.</summary>
        public required IReadOnlyList<NodeEndpoint> Peers { get; init; }

        /// <summary>Whose administrators agree: the ordering organization first, then all members.</summary>
        public required IReadOnlyList<OrganizationName> Organizations { get; init; }

        /// <inheritdoc/>
        public string Subject => Channel.Value;
    }
}
