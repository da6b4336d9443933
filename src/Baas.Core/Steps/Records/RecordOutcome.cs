using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Records;

/// <summary>Writes down how an operation ended, and frees its network for the next change.</summary>
internal sealed class RecordOutcome(RecordStore records, TimeProvider clock) : IStep<RecordOutcome.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        // The operation first: a network that is free while its operation still seems to run would confuse whoever watches.
        await records.ChangeAsync<OperationRecord>(
            RecordNames.Operation(input.Network.Tenant, input.Operation),
            operation => operation.EndedAt is not null ? null : operation with { State = StateOf(input), EndedAt = clock.GetUtcNow(), Failure = input.Failure },
            cancellationToken);
        await RecordNetworkAsync(input, cancellationToken);
        return Nothing.Value;
    }

    private static OperationState StateOf(Input input) => input.Failure switch
    {
        null => OperationState.Succeeded,
        { Code: StepFailedException.Canceled } => OperationState.Canceled,
        _ => OperationState.Failed,
    };

    private async Task RecordNetworkAsync(Input input, CancellationToken cancellationToken)
    {
        var name = RecordNames.Network(input.Network);
        if (input.State is not { } state)
        {
            if (await records.GetAsync<NetworkRecord>(name, cancellationToken) is { } stored && stored.Record.ActiveOperation == input.Operation)
            {
                await records.DeleteAsync(name, BlobCondition.Matches(stored.Tag), cancellationToken);
            }

            return;
        }

        await records.ChangeAsync<NetworkRecord>(
            name,
            network => network.ActiveOperation != input.Operation
                ? null // a second run of this step: the network belongs to another operation by now
                : network with { State = state, ActiveOperation = null, UpdatedAt = clock.GetUtcNow(), Leftovers = input.Failure?.Leftovers ?? [] },
            cancellationToken);
    }



    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation that ends.</param>
    /// <param name="State">What becomes of the network; null when nothing of it is left and its record goes.</param>
    /// <param name="Failure">Why the operation failed; null when it did not.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NetworkState? State, WorkflowFailure? Failure) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }
}
