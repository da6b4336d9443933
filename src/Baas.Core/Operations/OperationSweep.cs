using Baas.Core.Networks;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>
/// Brings records and workflows together again: starts the workflow of an operation whose starter crashed, ends the record of an operation
/// whose workflow ended without writing it, and at start forgets operations that never got their network. Run at start and by a timer; idempotent.
/// </summary>
internal sealed class OperationSweep(RecordStore records, OperationStarter starter, OperationQueue queue, PoisonMessages poison, IWorkflowClient workflows, TimeProvider clock)
{
    // A starter needs milliseconds between its writes: what is older has crashed.
    private static readonly TimeSpan StarterPatience = TimeSpan.FromMinutes(1);

    /// <summary>Looks at every network that has an active operation.</summary>
    /// <param name="atStart">Whether no starter can be under way, so that even the youngest operation is mended.</param>
    /// <param name="cancellationToken">Ends the sweep; the next one goes on.</param>
    /// <returns>How many operations were mended.</returns>
    /// <exception cref="OperationSweepException">Some could not be mended; all others were.</exception>
    public async Task<int> RunAsync(bool atStart, CancellationToken cancellationToken)
    {
        List<(string Record, BaasException Failure)> failures = [];
        var mended = await CountAsync(RecordNames.Networks, name => MendAsync(name, atStart, cancellationToken), failures, cancellationToken);
        if (atStart)
        {
            await poison.EndOperationsAsync(cancellationToken); // what was given up is not sent again
            mended += await CountAsync(RecordNames.Operations, name => ForgetUnbegunAsync(name, cancellationToken), failures, cancellationToken);
        }

        return failures.Count == 0 ? mended : throw new OperationSweepException(failures);
    }

    private async Task<int> CountAsync(string prefix, Func<string, Task<bool>> mend, List<(string Record, BaasException Failure)> failures, CancellationToken cancellationToken)
    {
        var mended = 0;
        await foreach (var name in records.NamesAsync(prefix, cancellationToken))
        {
            try
            {
                mended += await mend(name) ? 1 : 0;
            }
            catch (BaasException failure)
            {
                failures.Add((name, failure));
            }
        }

        return mended;
    }

    // Their starter crashed before it had the network: nothing was begun, and a repetition of the request begins anew. What is queued was promised to begin by
    // itself: its message is sent again, in case that the queue has lost it.
    private async Task<bool> ForgetUnbegunAsync(string name, CancellationToken cancellationToken)
    {
        if (await records.GetAsync<OperationRecord>(name, cancellationToken) is not { Record: { EndedAt: null } operation })
        {
            return false;
        }

        if (operation.State == OperationState.Queued)
        {
            await queue.SendAsync(operation, cancellationToken);
            return false;
        }

        var isUnbegun = await workflows.GetStatusAsync(operation.Id.Value, cancellationToken) is null;
        if (isUnbegun)
        {
            await starter.ForgetAsync(operation, cancellationToken);
        }

        return isUnbegun;
    }

    private async Task<bool> MendAsync(string name, bool atStart, CancellationToken cancellationToken) =>
        await records.GetAsync<NetworkRecord>(name, cancellationToken) is { Record: { ActiveOperation: { } id } network }
        && await records.GetAsync<OperationRecord>(RecordNames.Operation(network.Reference.Tenant, id), cancellationToken) is { } operation
        && await MendAsync(network, operation.Record, atStart, cancellationToken);

    private async Task<bool> MendAsync(NetworkRecord network, OperationRecord operation, bool atStart, CancellationToken cancellationToken)
    {
        var status = await workflows.GetStatusAsync(operation.Id.Value, cancellationToken);
        if (status is null)
        {
            if (!atStart && clock.GetUtcNow() - operation.CreatedAt < StarterPatience)
            {
                return false;
            }

            await starter.StartTakenAsync(operation, network.Spec, cancellationToken);
            return true;
        }

        if (status.State is WorkflowState.Pending or WorkflowState.Running)
        {
            return false;
        }

        await EndAsync(network, operation, status, cancellationToken);
        return true;
    }

    private async Task EndAsync(NetworkRecord network, OperationRecord operation, WorkflowStatus status, CancellationToken cancellationToken)
    {
        var succeeded = status.State == WorkflowState.Completed;
        var failure = succeeded ? null : status.Failure ?? new WorkflowFailure(status.Workflow, network.Reference.Network.Value, "workflow-ended", "the workflow ended without a result", []);
        await records.ChangeAsync<OperationRecord>(
            RecordNames.Operation(network.Reference.Tenant, operation.Id),
            record => record.EndedAt is not null ? null : record with
            {
                State = succeeded ? OperationState.Succeeded : status.State == WorkflowState.Canceled ? OperationState.Canceled : OperationState.Failed,
                EndedAt = clock.GetUtcNow(),
                Failure = failure,
            },
            cancellationToken);
        await records.ChangeAsync<NetworkRecord>(
            RecordNames.Network(network.Reference),
            record => record.ActiveOperation != operation.Id ? null : record with
            {
                State = succeeded ? NetworkState.Ready : OperationDefinitions.Of(operation.Kind).Lock is { FailsNetwork: true } ? NetworkState.Failed : record.State,
                ActiveOperation = null,
                UpdatedAt = clock.GetUtcNow(),
                Leftovers = failure?.Leftovers ?? [],
            },
            cancellationToken);
    }
}
