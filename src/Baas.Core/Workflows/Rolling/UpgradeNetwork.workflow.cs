using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Rolling;

/// <summary>
/// Moves a network to another version of Fabric while it is used: orderers one by one, those that lead last, then peers one by one, then a look at
/// the chaincodes and a transaction on each channel that names one, then the capabilities of channels where that was asked for. A node that does not come
/// back is taken back, and the upgrade ends there.
/// </summary>
public sealed class UpgradeNetwork : IWorkflow<UpgradeNetwork.Input, UpgradeNetwork.Result>
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan PauseTurn = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        var progress = new UpgradeProgress(input.Version, input.Spec.FabricVersion);
        try
        {
            var rolled = await UpgradeAsync(context, input, progress);
            await EndAsync(context, input, null);
            return new Result(rolled);
        }
        catch (WorkflowFailedException failure)
        {
            var failed = new WorkflowFailedException(progress.Told(failure.Failure, failure.Leftovers), failure.Leftovers);
            await EndAsync(context, input, failed);
            throw failed;
        }
        catch (StepFailedException failure)
        {
            var failed = new WorkflowFailedException(progress.Told(failure, []), []);
            await EndAsync(context, input, failed);
            throw failed;
        }
    }

    // The network stays ready: what was replaced works, and what was not works as before.
    private static Task<Nothing> EndAsync(IWorkflowContext context, Input input, WorkflowFailedException? failure) =>
        context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, failure is null ? null : WorkflowFailure.Of(failure)), compensating: true);

    private static async Task<int> UpgradeAsync(IWorkflowContext context, Input input, UpgradeProgress progress)
    {
        var network = input.Network;
        var nodes = (await context.ApplyAsync(new ReadEndpoints.Input(network))).Nodes;
        var former = (await context.ApplyAsync(new ReadNodeVersions.Input(network))).Versions;
        var (orderers, peers) = RolledNode.In(input.Spec, nodes);
        progress.Begin([.. orderers.Concat(peers).Select(node => node.Endpoint.Node)], former);

        List<RolledNode> left = [.. orderers];
        while (left.Count > 0)
        {
            var node = await NextAsync(context, input, left);
            left.Remove(node);
            IReadOnlyList<RolledNode> others = [.. orderers.Where(other => other != node)];
            await RollAsync(context, input, progress, RollOf(input, node, others, FirstOf(others)) with { Peers = peers });
        }

        await NodeRolling.DemandOrderersAsync(context, network, orderers, peers);

        foreach (var node in peers)
        {
            IReadOnlyList<RolledNode> others = [.. peers.Where(other => other != node && other.Endpoint.Node.Organization == node.Endpoint.Node.Organization)];
            await RollAsync(context, input, progress, RollOf(input, node, others, FirstOf(orderers)));
        }

        await context.ApplyAsync(new RecordUpgrade.Input(network, input.Version));
        await VerifyAsync(context, input, nodes);
        if (input.Capabilities.Count > 0)
        {
            await RaiseAsync(context, input, orderers, peers);
            await VerifyAsync(context, input, nodes);
        }

        return orderers.Count + peers.Count;
    }

    private static NodeEndpoint? FirstOf(IReadOnlyList<RolledNode> nodes) => nodes is [var first, ..] ? first.Endpoint : null;

    private static async Task<RolledNode> NextAsync(IWorkflowContext context, Input input, List<RolledNode> left)
    {
        if (left.Count == 1)
        {
            return left[0];
        }

        var chosen = await context.ApplyAsync(new ChooseOrderer.Input(input.Network, [.. left.Select(node => node.Endpoint.Node)], left[0].Cluster));
        return left.First(node => node.Endpoint.Node == chosen.Node);
    }

    private static RollNode.Input RollOf(Input input, RolledNode node, IReadOnlyList<RolledNode> others, NodeEndpoint? witness) =>
        new() { Network = input.Network, Node = node, Version = input.Version, Others = others, Witness = witness, Limit = input.NodeLimit };

    private static async Task RollAsync(IWorkflowContext context, Input input, UpgradeProgress progress, RollNode.Input roll)
    {
        var node = roll.Node;
        await HoldAsync(context);
        context.Report($"{node.Endpoint.Node} → Fabric {input.Version}");
        var before = progress.VersionOf(node.Endpoint.Node);
        await Saga.RunAsync(context, OnFailure.Rollback, saga => saga.DoAsync(roll, new RevertNode.Input(input.Network, node, before)));
        progress.Done(node.Endpoint.Node);
    }

    /// <summary>Stands still while it was told to.</summary>
    private static async Task HoldAsync(IWorkflowContext context)
    {
        var isPaused = false;
        while (await context.WaitForEventAsync<UpgradeSignal>(UpgradeSignal.Event, isPaused ? PauseTurn : Glance) is var signal && (signal is not null || isPaused))
        {
            isPaused = signal?.IsPause ?? isPaused;
            if (isPaused)
            {
                context.Report("paused before the next node");
            }
        }
    }

    private static async Task VerifyAsync(IWorkflowContext context, Input input, IReadOnlyList<NodeEndpoint> nodes)
    {
        var changes = NetworkPlan.Between(null, input.Spec).Phases.SelectMany(phase => phase.Changes).ToList();
        foreach (var (chaincode, member) in changes.OfType<AddChaincode>().SelectMany(change => change.Members.Select(member => (change.Chaincode, member))))
        {
            var server = NodeReference.Chaincode(member.Name, chaincode.Channel, chaincode.Name);
            await context.UntilAsync(new NodeReady.Input(input.Network, server, member.Cluster), Patience.ForPods);
        }

        // The proof of the network's making is on record: a new transaction is wanted.
        foreach (var verification in changes.OfType<VerifyChaincode>())
        {
            context.Report($"a transaction through {verification.Subject}");
            await context.RunAsync(new ForgetProof.Input(input.Network, verification));
            await context.RunAsync(new ProveChaincode.Input(input.Network, verification, nodes));
        }
    }

    // One after the other: when one is refused, what was done before it is on record.
    private static async Task RaiseAsync(IWorkflowContext context, Input input, IReadOnlyList<RolledNode> orderers, IReadOnlyList<RolledNode> peers)
    {
        foreach (var channel in input.Spec.Channels.Where(channel => input.Capabilities.Contains(channel.Name)))
        {
            context.Report($"the capabilities of channel {channel.Name}");
            await context.RunAsync(new RaiseChannel.Input
            {
                Network = input.Network,
                Channel = channel.Name,
                Levels = FabricUpgrades.Raised(channel, input.Spec.FabricVersion, input.Version),
                Orderers = [.. orderers.Select(node => node.Endpoint)],
                Peers = [.. peers.Where(node => node.Channels.Contains(channel.Name)).Select(node => node.Endpoint)],
                Organizations = [input.Spec.Ordering.Organization, .. channel.Organizations],
            });
        }
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation, whose record the workflow ends.</param>
    /// <param name="Spec">What is on record of the network.</param>
    /// <param name="Version">The version that its nodes are to run.</param>
    /// <param name="NodeLimit">How long a node may take until it answers.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NetworkSpec Spec, FabricVersion Version, TimeSpan NodeLimit) : IWorkflowInput<Result>
    {
        /// <summary>The channels whose capabilities are raised to those of the version, last of all. The default is none.</summary>
        public IReadOnlyList<ChannelName> Capabilities { get; init; } = [];

        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Nodes">How many nodes run the version.</param>
    public sealed record Result(int Nodes);
}
