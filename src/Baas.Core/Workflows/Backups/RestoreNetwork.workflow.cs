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
        await context.ApplyAsync(new RestoreArtifacts.Input(input.Network, input.Backup));
        List<NodeEndpoint> nodes = [];
        foreach (var phase in NetworkPlan.Between(null, input.Spec).Phases)
        {
            IWorkflowInput<ChangeResult> work = phase.Changes.Any(change => change is AddOrderer or AddPeer)
                ? new RestoreNodes.Input(input.Network, input.Operation, input.Backup, RestoredNode.In(input.Spec), [], input.Spec.Ordering.Consensus)
                : new RunPhase.Input(input.Network, phase, [.. nodes]);
            var made = await saga.DoAsync(work, new UndoPhase.Input(input.Network, phase));
            nodes.AddRange(made.Nodes);
        }

        return nodes;
    }

    private static async Task<IReadOnlyList<NodeEndpoint>> ReplaceAsync(IWorkflowContext context, Saga saga, Input input)
    {
        await context.ApplyAsync(new RestoreArtifacts.Input(input.Network, input.Backup));
        var all = RestoredNode.In(input.Spec);
        IReadOnlyList<RestoredNode> nodes = [.. all.Where(node => input.Nodes.Count == 0 || input.Nodes.Contains(node.Node))];
        IReadOnlyList<RestoredNode> others = nodes.Any(node => node.Orderer is not null) ? [.. all.Where(node => node.Orderer is not null && !nodes.Contains(node))] : [];
        var work = new RestoreNodes.Input(input.Network, input.Operation, input.Backup, nodes, others, input.Spec.Ordering.Consensus);
        return (await saga.DoAsync(work, new ReviveNodes.Input(work))).Nodes;
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
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Nodes">Where the restored nodes listen.</param>
    public sealed record Result(IReadOnlyList<NodeEndpoint> Nodes);
}
