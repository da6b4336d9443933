using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Backups;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>
/// Puts a network back from a backup: in an emptied place the plan that makes it, with its nodes' volumes filled before they start; in the place where it
/// is, the volumes of chosen nodes. What is there already when a step runs again is found and used.
/// </summary>
public sealed class RestoreNetwork : IWorkflow<RestoreNetwork.Input, RestoreNetwork.Result>
{
    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        try
        {
            var nodes = await Saga.RunAsync(context, input.OnFailure, saga => input.IsNew ? MakeAsync(context, saga, input) : ReplaceAsync(context, saga, input));
            await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, null), compensating: true);
            return new Result(nodes);
        }
        catch (WorkflowFailedException failure)
        {
            await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, StateAfter(input, failure), WorkflowFailure.Of(failure)), compensating: true);
            throw;
        }
    }

    // In an emptied place nothing is left; in its own place the network is what it was.
    private static NetworkState? StateAfter(Input input, WorkflowFailedException failure) => (input.IsNew, failure.Leftovers.Count) switch
    {
        (true, 0) when input.OnFailure == OnFailure.Rollback => null,
        (false, 0) => NetworkState.Ready,
        _ => NetworkState.Failed,
    };

    private static async Task<IReadOnlyList<NodeEndpoint>> MakeAsync(IWorkflowContext context, Saga saga, Input input)
    {
        // First of all: what follows takes the identities, genesis blocks and packages that are there.
        await context.ApplyAsync(new RecallBackup.Input(input.Origin, input.Backup));
        await context.ApplyAsync(new RestoreArtifacts.Input(input.Origin, input.Backup, input.Network));
        NodeEndpoint[] nodes = [];
        foreach (var phase in NetworkPlan.Between(null, input.Spec).Phases)
        {
            if (phase.Changes.Any(change => change is AddOrderer or AddPeer))
            {
                var filled = await FillAsync(saga, input, RestoredNode.In(input.Spec), part => new UndoPhase.Input(input.Network, phase with { Changes = [.. part.Nodes.Select(node => node.Change)] }));
                await context.ApplyAsync(new RecordAliases.Input(input.Network, [.. filled.Select(node => node.Endpoint.Alias).OfType<HostAlias>()]));
                nodes = await StartAsync(context, input, filled);
            }
            else
            {
                await Task.WhenAll(PhaseBatches.Of(phase).Select(part => saga.DoAsync(new RunPhase.Input(input.Network, part, nodes), new UndoPhase.Input(input.Network, part))));
            }
        }

        return nodes;
    }

    private static async Task<IReadOnlyList<NodeEndpoint>> ReplaceAsync(IWorkflowContext context, Saga saga, Input input)
    {
        await context.ApplyAsync(new RecallBackup.Input(input.Origin, input.Backup));
        await context.ApplyAsync(new RestoreArtifacts.Input(input.Origin, input.Backup, input.Network));
        var all = RestoredNode.In(input.Spec);
        IReadOnlyList<RestoredNode> nodes = [.. all.Where(node => input.Nodes.Count == 0 || input.Nodes.Contains(node.Node))];
        IReadOnlyList<RestoredNode> others = nodes.Any(node => node.Orderer is not null) ? [.. all.Where(node => node.Orderer is not null && !nodes.Contains(node))] : [];
        var filled = await FillAsync(saga, input, nodes, part => new ReviveNodes.Input(part, []));
        if (others.Count > 0)
        {
            await saga.DoAsync(new RestartNodes.Input(input.Network, others), new ReviveNodes.Input(PartOf(input, []), others));
        }

        return await StartAsync(context, input, filled);
    }

    private static FillVolumes.Input PartOf(Input input, IReadOnlyList<RestoredNode> nodes) => new(input.Network, input.Operation, input.Origin, input.Backup, nodes);

    // Every volume is whole before the first one takes its place; every one is in its place before the first orderer starts.
    private static async Task<IReadOnlyList<FilledNode>> FillAsync(
        Saga saga, Input input, IReadOnlyList<RestoredNode> nodes, Func<FillVolumes.Input, IWorkflowInput<IReadOnlyList<Leftover>>> undo)
    {
        IReadOnlyList<FillVolumes.Input> parts = [.. nodes.Chunk(PhaseBatches.Size).Select(chunk => PartOf(input, chunk))];
        var filled = await Task.WhenAll(parts.Select(part => saga.DoAsync(part, undo(part))));
        return [.. filled.SelectMany(part => part.Nodes)];
    }

    private static async Task<NodeEndpoint[]> StartAsync(IWorkflowContext context, Input input, IReadOnlyList<FilledNode> filled)
    {
        await Task.WhenAll(filled.Chunk(PhaseBatches.Size).Select(part => context.RunAsync(new SwapVolumes.Input(PartOf(input, [.. part.Select(node => node.Node)])))));

        // Just as many orderers as make a leader, the one that was packed last among them: none can lead without its vote, and it votes for none that
        // knows less. The others follow what it knows.
        var orderers = filled.Where(node => node.Node.Orderer is not null).ToList();
        var first = Math.Min(input.Spec.Ordering.Deciding(), orderers.Count);
        await StartAsync(context, input.Network, [.. orderers.TakeLast(first)]);
        await StartAsync(context, input.Network, [.. orderers.SkipLast(first)]);
        await Task.WhenAll(filled.Where(node => node.Node.Peer is not null).Chunk(PhaseBatches.Size).Select(part => StartAsync(context, input.Network, part)));
        return [.. filled.Select(node => node.Endpoint)];
    }

    private static async Task StartAsync(IWorkflowContext context, NetworkReference network, FilledNode[] nodes)
    {
        if (nodes.Length > 0)
        {
            await context.RunAsync(new StartRestored.Input(network, nodes));
        }
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation, whose record the workflow ends.</param>
    /// <param name="Backup">The backup.</param>
    /// <param name="Spec">What the network is, or was, made from.</param>
    /// <param name="Nodes">The nodes to put back; empty for all.</param>
    /// <param name="IsNew">Whether the place is empty.</param>
    /// <param name="OnFailure">What becomes of what is half-made.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, BackupId Backup, NetworkSpec Spec, IReadOnlyList<NodeReference> Nodes, bool IsNew, OnFailure OnFailure) : IWorkflowInput<Result>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;

        /// <summary>The network that the backup is of; null: this one.</summary>
        public NetworkReference? Source { get; init; }

        internal NetworkReference Origin => Source ?? Network;
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Nodes">Where the restored nodes listen.</param>
    public sealed record Result(IReadOnlyList<NodeEndpoint> Nodes);
}
