using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Channels;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Begins a channel: genesis block, all orderers, all peers of its members. Undone by <see cref="RemoveChannel"/>.</summary>
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

        // Peers take the genesis block from us, not from the orderers: both sides can join at the same time.
        await Task.WhenAll(
        [
            .. orderers.Select(orderer => JoinAsync(context, input, orderer)),
            .. peers.Select(peer => context.ApplyAsync(new JoinPeer.Input(network, channel, peer))),
        ]);
        return ChangeResult.None;
    }

    private static async Task JoinAsync(IWorkflowContext context, Input input, NodeEndpoint orderer)
    {
        var (network, change, _) = input;
        await context.ApplyAsync(new JoinOrderer.Input(network, change.Channel.Name, orderer));

        // Raft takes a second to elect its first leader.
        if (!change.HasFollowers)
        {
            await context.UntilAsync(new OrdererActive.Input(network, change.Channel.Name, orderer), Patience.ForLedgers);
        }
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
