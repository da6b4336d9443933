using Baas.Core.Archives.Agents;
using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>
/// Puts nodes' volumes back and starts the nodes. Every volume is fetched, checked and put together beside what is there before the first one takes
/// its place; every orderer's is in its place before the first orderer starts. Undone by <see cref="ReviveNodes"/> where nodes were there before.
/// </summary>
public sealed class RestoreNodes : IWorkflow<RestoreNodes.Input, ChangeResult>
{
    /// <inheritdoc/>
    public async Task<ChangeResult> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, _, backup, nodes, others, consensus) = input;
        var then = (await context.ApplyAsync(new ReadBackup.Input(network, backup))).Nodes;
        var ready = await Task.WhenAll(nodes.Select(node => PrepareAsync(context, input, node, then)));

        await Task.WhenAll(ready.SelectMany(node => AgentsOf(input, node.Node, AgentVerb.Unpack)).Select(agent => NodeWork.RunAsync(context, agent)));
        await Task.WhenAll(ready.SelectMany(node => AgentsOf(input, node.Node, AgentVerb.Swap)).Select(agent => NodeWork.RunAsync(context, agent)));

        await RestartAsync(context, network, others);
        await StartOrderersAsync(context, network, [.. ready.Where(node => node.Node.Role == NodeRole.Orderer)], others.Count + nodes.Count(node => node.Role == NodeRole.Orderer), consensus);
        await StartAsync(context, network, ready.Where(node => node.Node.Role == NodeRole.Peer));
        return new ChangeResult([.. ready.Select(node => node.Endpoint)]);
    }

    internal static IEnumerable<StartAgent.Input> AgentsOf(Input input, RestoredNode node, AgentVerb verb) =>
        node.At(NodeAddresses.Unknown(node.Node, node.Role)).Volumes.Select(role => new StartAgent.Input(input.Network, node.Node, role, node.Cluster, input.Operation, input.Backup, verb));

    private static async Task<Prepared> PrepareAsync(IWorkflowContext context, Input input, RestoredNode node, IReadOnlyList<ReadBackup.Node> then)
    {
        var network = input.Network;
        var (known, ledgers) = then.First(one => one.Endpoint.Node == node.Node);
        await NodeWork.StopAsync(context, network, node.At(known));
        var (endpoint, fingerprint) = await NodeAddresses.PrepareAsync(context, node.PlaceIn(network));
        await context.ApplyAsync(new CheckAddress.Input(known, endpoint));
        foreach (var role in node.At(endpoint).Volumes)
        {
            await context.ApplyAsync(new EnsureVolume.Input(network, node.Node, role, node.Resources, node.Cluster));
        }

        return new Prepared(node, endpoint, fingerprint, ledgers);
    }

    // The leader remembers how far each follower was, and a follower that knows less now would stop when it is told. No orderer leads on after a restart.
    private static async Task RestartAsync(IWorkflowContext context, NetworkReference network, IReadOnlyList<RestoredNode> others)
    {
        foreach (var other in others)
        {
            var node = other.At(NodeAddresses.Unknown(other.Node, other.Role));
            await NodeWork.StopAsync(context, network, node);
            await NodeWork.StartAsync(context, network, node);
        }
    }

    // Just as many orderers as make a leader, the one that was packed last among them: none can lead without its vote, and it votes for none that
    // knows less. The others follow what it knows.
    private static async Task StartOrderersAsync(IWorkflowContext context, NetworkReference network, IReadOnlyList<Prepared> orderers, int all, Consensus consensus)
    {
        var needed = consensus == Consensus.Bft ? all - ((all - 1) / 3) : (all / 2) + 1;
        var first = Math.Min(needed, orderers.Count);
        await StartAsync(context, network, orderers.TakeLast(first));
        await StartAsync(context, network, orderers.SkipLast(first));
    }

    private static async Task StartAsync(IWorkflowContext context, NetworkReference network, IEnumerable<Prepared> nodes)
    {
        IReadOnlyList<Prepared> started = [.. nodes];
        await Task.WhenAll(started.Select(async node =>
        {
            await context.ApplyAsync(node.Node.Apply(network, node.Endpoint, node.Fingerprint));
            foreach (var role in node.Node.At(node.Endpoint).Volumes)
            {
                await context.UntilAsync(new NodeReady.Input(network, WorkedNode.PodOf(node.Node.Node, role), node.Node.Cluster), Patience.ForPods);
            }
        }));
        await Task.WhenAll(started.Select(node => context.UntilAsync(new LedgersReach.Input(network, node.Endpoint, node.Ledgers), Patience.ForLedgers)));
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation.</param>
    /// <param name="Backup">The backup.</param>
    /// <param name="Nodes">The nodes to put back, in the order in which they were packed.</param>
    /// <param name="Others">The orderers that stay as they are.</param>
    /// <param name="Consensus">How orderers agree.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, BackupId Backup, IReadOnlyList<RestoredNode> Nodes, IReadOnlyList<RestoredNode> Others, Consensus Consensus) : IWorkflowInput<ChangeResult>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }

    private sealed record Prepared(RestoredNode Node, NodeEndpoint Endpoint, string Fingerprint, IReadOnlyList<LedgerHeight> Ledgers);
}
