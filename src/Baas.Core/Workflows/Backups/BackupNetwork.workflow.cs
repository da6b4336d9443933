using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>
/// Backs a network up while it runs: what is stored for it, then its nodes one at a time, peers before orderers, since an orderer cannot fetch blocks
/// from a peer. A failure starts the node again that was stopped; what was sent so far is used by the next backup.
/// </summary>
public sealed class BackupNetwork : IWorkflow<BackupNetwork.Input, BackupNetwork.Result>
{
    // All nodes have to be there before the first one is stopped; one that is just being restarted gets a while.
    private static readonly Patience ForAllNodes = new(TimeSpan.FromMinutes(3), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));

    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        try
        {
            await Saga.RunAsync(context, OnFailure.Rollback, saga => BackUpAsync(context, saga, input));
        }
        catch (WorkflowFailedException failure)
        {
            await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, WorkflowFailure.Of(failure)), compensating: true);
            throw;
        }

        await PruneAsync(context, input);
        await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, null), compensating: true);
        return new Result(input.Backup);
    }

    private static async Task<Nothing> BackUpAsync(IWorkflowContext context, Saga saga, Input input)
    {
        var (network, operation, backup, spec) = input;
        await saga.DoAsync(new BeginBackup.Input(network, operation, backup));
        var (peers, orderers) = WorkedNode.In(spec, (await context.ApplyAsync(new ReadEndpoints.Input(network))).Nodes);
        await Task.WhenAll(peers.Concat(orderers).Select(node => context.UntilAsync(new NodeReady.Input(network, node.Endpoint.Node, node.Cluster), ForAllNodes)));
        var artifacts = await context.ApplyAsync(new PackArtifacts.Input(network));

        List<string> volumes = [];
        foreach (var peer in peers)
        {
            context.Report($"packing {peer.Endpoint.Node}");
            volumes.AddRange(await PackAsync(saga, input, peer));
        }

        foreach (var orderer in orderers)
        {
            // The one that is packed last must not be behind another one: a restore begins with it.
            context.Report($"packing {orderer.Endpoint.Node}");
            await CatchUpAsync(context, network, orderer, orderers);
            volumes.AddRange(await PackAsync(saga, input, orderer));
        }

        return await context.ApplyAsync(new SealBackup.Input(network, backup, spec, artifacts.Root, volumes));
    }

    private static async Task<IReadOnlyList<string>> PackAsync(Saga saga, Input input, WorkedNode node) =>
        (await saga.DoAsync(new BackUpNode.Input(input.Network, input.Operation, input.Backup, node), new ReviveNode.Input(input.Network, input.Operation, input.Backup, node))).Volumes;

    private static async Task CatchUpAsync(IWorkflowContext context, NetworkReference network, WorkedNode orderer, IReadOnlyList<WorkedNode> all)
    {
        var seen = await Task.WhenAll(all.Select(one => context.ApplyAsync(new ReadLedgers.Input(network, one.Endpoint, one.Channels))));
        IReadOnlyList<LedgerHeight> highest =
        [
            .. seen.SelectMany(output => output.Heights)
                .GroupBy(height => height.Channel)
                .Select(channel => channel.OrderByDescending(height => height.Height).First()), // stable: the same when run again
        ];
        await context.UntilAsync(new LedgersReach.Input(network, orderer.Endpoint, highest), Patience.ForLedgers);
    }

    // The backup is whole by now: what cannot be cleared away today is cleared away after the next one.
    private static async Task PruneAsync(IWorkflowContext context, Input input)
    {
        try
        {
            await context.ApplyAsync(new PruneBackups.Input(input.Network, input.Spec.Backup));
        }
        catch (StepFailedException failure)
        {
            context.Report($"the backup is whole; old ones were not cleared away: {failure.Message}");
        }
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation, whose record the workflow ends.</param>
    /// <param name="Backup">The backup that is taken.</param>
    /// <param name="Spec">What the network is made from.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, BackupId Backup, NetworkSpec Spec) : IWorkflowInput<Result>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Backup">The backup.</param>
    public sealed record Result(BackupId Backup);
}
