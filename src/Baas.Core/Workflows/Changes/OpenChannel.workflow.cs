using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Channels;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Begins a channel: genesis block, all orderers, then all peers of its members. Undone by <see cref="RemoveChannel"/>.</summary>
public sealed class OpenChannel : IWorkflow<OpenChannel.Input, ChangeResult>
{
    /// <inheritdoc/>
    public async Task<ChangeResult> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, change, nodes) = input;
        var channel = change.Channel.Name;
        var orderers = NodeEndpoints.OrderersIn(nodes);
        var peers = NodeEndpoints.PeersOf(nodes, change.Channel.Organizations);
        await context.ApplyAsync(new CreateGenesisBlock.Input(
            network, change.Channel, change.Ordering, change.Members, change.Capabilities, orderers, NodeEndpoints.AnchorsOf(peers)));

        await Task.WhenAll(orderers.Select(orderer => context.ApplyAsync(new JoinOrderer.Input(network, channel, orderer))));

        // Peers take the genesis block from us, not from the orderers: both sides can get ready at the same time.
        await Task.WhenAll(
        [
            .. orderers.Select(orderer => context.UntilAsync(new OrdererActive.Input(network, channel, orderer), Patience.ForLedgers)),
            .. peers.Select(peer => context.ApplyAsync(new JoinPeer.Input(network, channel, peer))),
        ]);
        return ChangeResult.None;
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Change">The channel.</param>
    /// <param name="Nodes">Where the network's nodes listen.</param>
    public sealed record Input(NetworkReference Network, AddChannel Change, IReadOnlyList<NodeEndpoint> Nodes) : IWorkflowInput<ChangeResult>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
