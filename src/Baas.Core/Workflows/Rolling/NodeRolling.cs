using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Channels;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Rolling;

/// <summary>The gates that a node passes when it is replaced, and the replacing itself.</summary>
internal static class NodeRolling
{
    // Somebody who is just restarting may come back; somebody who is down for longer must not be joined by a second one.
    private static readonly Patience ForOthers = new(TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));

    // A block comes within a moment; each look may send a transaction.
    private static readonly Patience ForBlocks = Patience.ForLedgers with { First = TimeSpan.FromMilliseconds(200) };

    /// <summary>Sees that every other node of the group works: quorum, and the endorsements of an organization, survive the loss of one.</summary>
    /// <param name="context">The workflow's context.</param>
    /// <param name="network">The network.</param>
    /// <param name="node">The node that is replaced next.</param>
    /// <param name="others">The other nodes of its group.</param>
    /// <param name="peers">The network's peers, where they can be asked.</param>
    public static async Task DemandOthersAsync(IWorkflowContext context, NetworkReference network, RolledNode node, IReadOnlyList<RolledNode> others, IReadOnlyList<RolledNode> peers)
    {
        await DemandReadyAsync(context, network, others, ForOthers);
        await SettleAsync(context, network, others, [.. others, node], peers);
    }

    /// <summary>Sees that all orderers work.</summary>
    public static async Task DemandOrderersAsync(IWorkflowContext context, NetworkReference network, IReadOnlyList<RolledNode> orderers, IReadOnlyList<RolledNode> peers)
    {
        await DemandReadyAsync(context, network, orderers, Patience.ForLedgers);
        await SettleAsync(context, network, orderers, orderers, peers);
    }

    private static async Task DemandReadyAsync(IWorkflowContext context, NetworkReference network, IReadOnlyList<RolledNode> others, Patience patience)
    {
        foreach (var other in others)
        {
            await context.UntilAsync(new NodeReady.Input(network, other.Endpoint.Node, other.Cluster), patience);
            foreach (var channel in other.Endpoint.Role == NodeRole.Orderer ? other.Channels : [])
            {
                await context.UntilAsync(new OrdererActive.Input(network, channel, other.Endpoint), patience);
            }
        }
    }

    /// <summary>With BFT: waits until orderers hear one another again.</summary>
    private static async Task SettleAsync(
        IWorkflowContext context, NetworkReference network, IReadOnlyList<RolledNode> nodes, IReadOnlyList<RolledNode> all, IReadOnlyList<RolledNode> peers)
    {
        IReadOnlyList<NodeReference> orderers = [.. nodes.Where(node => node.Endpoint.Role == NodeRole.Orderer).Select(node => node.Endpoint.Node)];
        foreach (var channel in orderers.Count > 0 ? nodes[0].Channels : [])
        {
            var look = new OrderersSettled.Input(network, channel, orderers, nodes[0].Cluster, Since: null);
            var seen = await context.ApplyAsync(look);
            if (seen.IsBft)
            {
                var members = peers.Where(peer => peer.Channels.Contains(channel)).DistinctBy(peer => peer.Endpoint.Node.Organization);
                await context.UntilAsync(
                    look with { Since = seen.Block, SendTo = [.. all.Select(node => node.Endpoint)], Endorsers = [.. members.Select(peer => peer.Endpoint)] },
                    ForBlocks);
            }
        }
    }

    /// <summary>Tells the cluster to run another version of the node, and waits until that version answers.</summary>
    /// <param name="context">The workflow's context.</param>
    /// <param name="network">The network.</param>
    /// <param name="node">The node.</param>
    /// <param name="version">The version that it is to run.</param>
    /// <param name="limit">How long it may take until it answers.</param>
    public static async Task SetVersionAsync(IWorkflowContext context, NetworkReference network, RolledNode node, FabricVersion version, TimeSpan limit)
    {
        var patience = new Patience(limit, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));
        var (reference, role) = (node.Endpoint.Node, node.Endpoint.Role);
        var identity = await context.ApplyAsync(new ReadFingerprint.Input(network, reference));
        await (node.Change switch
        {
            AddOrderer orderer => context.ApplyAsync(
                new ApplyOrderer.Input(network, node.Endpoint, orderer.MspId, version, orderer.Resources, orderer.Cluster, identity.Fingerprint)),
            AddPeer peer => context.ApplyAsync(
                new ApplyPeer.Input(network, node.Endpoint, peer.MspId, version, peer.StateDatabase, peer.Resources, peer.Cluster, identity.Fingerprint)),
            _ => throw new ArgumentOutOfRangeException(nameof(node), node.Change.Kind, "only orderers and peers have a version"),
        });
        await context.UntilAsync(new ReplaceStuckPod.Input(network, reference, node.Cluster), patience);
        await context.UntilAsync(new NodeReady.Input(network, reference, node.Cluster), patience);
        await context.UntilAsync(new NodeRunsVersion.Input(network, reference, role, node.Cluster, version), patience);
    }

    /// <summary>Waits until a node's ledgers are as far as they were, hold the same blocks, and have caught up with a node that went on meanwhile.</summary>
    public static async Task CatchUpAsync(IWorkflowContext context, NetworkReference network, RolledNode node, IReadOnlyList<LedgerHeight> before, NodeEndpoint? witness)
    {
        await context.UntilAsync(new LedgersReach.Input(network, node.Endpoint, before), Patience.ForLedgers);
        if (witness is not null)
        {
            var now = await context.ApplyAsync(new ReadLedgers.Input(network, witness, node.Channels));
            await context.UntilAsync(new LedgersReach.Input(network, node.Endpoint, now.Heights), Patience.ForLedgers);
        }
    }
}
