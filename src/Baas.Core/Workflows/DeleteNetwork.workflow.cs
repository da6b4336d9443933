using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows;

/// <summary>Deletes a network, half-made or whole: the phases of its plan are undone, newest first. What stays is reported, and deleting again goes on.</summary>
public sealed class DeleteNetwork : IWorkflow<DeleteNetwork.Input, DeleteNetwork.Result>
{
    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        List<Leftover> leftovers = [];
        if (input.Lost.OrganizationsOf(input.Spec) is [_, ..] lost)
        {
            context.Report($"left where it is, on lost clusters ({string.Join(", ", input.Lost.Names)}): all of {string.Join(", ", lost)}");
        }

        foreach (var phase in NetworkPlan.Between(input.Spec, null).Phases.Select(input.Lost.RestOf))
        {
            var left = await Task.WhenAll(PhaseBatches.Of(phase).Select(part => context.RunAsync(new UndoPhase.Input(input.Network, part), compensating: true)));
            leftovers.AddRange(left.SelectMany(some => some));
        }

        if (leftovers.Count > 0)
        {
            var first = new StepFailedException(leftovers[0].Step, leftovers[0].Subject, WorkflowFailure.LeftoversCode, leftovers[0].Reason);
            var failure = new WorkflowFailedException(first, leftovers);
            await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Failed, WorkflowFailure.Of(failure)), compensating: true);
            throw failure;
        }

        await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, null, null), compensating: true);
        return new Result();
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation, whose record the workflow ends.</param>
    /// <param name="Spec">What the network was made from.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NetworkSpec Spec) : IWorkflowInput<Result>
    {
        /// <summary>The clusters that are gone for good: what is there stays.</summary>
        public LostClusters Lost { get; init; } = LostClusters.None;

        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What the workflow ends with.</summary>
    public sealed record Result;
}
