using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows;

/// <summary>Makes a network: the plan from nothing to its specification, phase by phase; a failure undoes the phases newest first.</summary>
public sealed class CreateNetwork : IWorkflow<CreateNetwork.Input, CreateNetwork.Result>
{
    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        try
        {
            var nodes = await Saga.RunAsync(context, input.OnFailure, saga => RunPlanAsync(saga, input));
            await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, null), compensating: true);
            return new Result(nodes);
        }
        catch (WorkflowFailedException failure)
        {
            var nothingLeft = input.OnFailure == OnFailure.Rollback && failure.Leftovers.Count == 0;
            await context.RunAsync(
                new EndOperation.Input(input.Network, input.Operation, nothingLeft ? null : NetworkState.Failed, WorkflowFailure.Of(failure)), compensating: true);
            throw;
        }
    }

    private static async Task<IReadOnlyList<NodeEndpoint>> RunPlanAsync(Saga saga, Input input)
    {
        List<NodeEndpoint> nodes = [];
        foreach (var phase in NetworkPlan.Between(null, input.Spec).Phases)
        {
            NodeEndpoint[] known = [.. nodes];
            var made = await Task.WhenAll(PhaseBatches.Of(phase).Select(part => saga.DoAsync(new RunPhase.Input(input.Network, part, known), new UndoPhase.Input(input.Network, part))));
            nodes.AddRange(made.SelectMany(part => part.Nodes));
        }

        return nodes;
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation, whose record the workflow ends.</param>
    /// <param name="Spec">What is wanted.</param>
    /// <param name="OnFailure">What becomes of a half-made network.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NetworkSpec Spec, OnFailure OnFailure) : IWorkflowInput<Result>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Nodes">Where the network's nodes listen.</param>
    public sealed record Result(IReadOnlyList<NodeEndpoint> Nodes);
}
