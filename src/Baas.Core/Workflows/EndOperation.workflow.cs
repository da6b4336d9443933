using Baas.Core.Networks;
using Baas.Core.Steps.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows;

/// <summary>
/// Writes down how an operation ended. A workflow of its own, since it has to run after a cancellation, too; when nothing is left of
/// a network, its stored artifacts go with its record.
/// </summary>
public sealed class EndOperation : IWorkflow<EndOperation.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        try
        {
            if (input.State is null)
            {
                await context.ApplyAsync(new ForgetArtifacts.Input(input.Network));
            }
        }
        catch (StepFailedException failure)
        {
            // Something is left after all: the network stays on record, so that it can be deleted again.
            await context.ApplyAsync(new RecordOutcome.Input(input.Network, input.Operation, NetworkState.Failed, WithLeftover(input.Failure, failure)));
            throw;
        }

        return await context.ApplyAsync(new RecordOutcome.Input(input.Network, input.Operation, input.State, input.Failure));
    }

    private static WorkflowFailure WithLeftover(WorkflowFailure? first, StepFailedException failure)
    {
        var leftover = new Leftover(failure.Step, failure.Subject, failure.Message);
        return first is null
            ? new WorkflowFailure(failure.Step, failure.Subject, WorkflowFailure.LeftoversCode, failure.Message, [leftover])
            : first with { Leftovers = [.. first.Leftovers, leftover] };
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation that ends.</param>
    /// <param name="State">What becomes of the network; null when nothing of it is left.</param>
    /// <param name="Failure">Why the operation failed; null when it did not.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NetworkState? State, WorkflowFailure? Failure) : IWorkflowInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }
}
