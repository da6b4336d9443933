using System.Runtime.CompilerServices;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>Shows, watches and cancels operations.</summary>
public sealed class OperationQueries(RecordStore records, OperationStarter starter, IWorkflowClient workflows)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    // Each view holds all steps: with one for every change, those who watch would cost more than the steps themselves.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan QueuedPace = TimeSpan.FromMilliseconds(250);

    /// <summary>An operation with what its workflow has done so far.</summary>
    /// <exception cref="RefusedException"><c>operation-not-found</c>.</exception>
    public async Task<OperationView> GetAsync(TenantName tenant, OperationId operation, CancellationToken cancellationToken)
    {
        // The workflow first: if it ends between the two reads, the record is the newer one and wins.
        var status = await workflows.GetStatusAsync(operation.Value, cancellationToken);
        return OperationView.Of(await FindAsync(tenant, operation, cancellationToken), status);
    }

    /// <summary>A page of a tenant's operations.</summary>
    public Task<Page<OperationRecord>> ListAsync(TenantName tenant, PageRequest page, CancellationToken cancellationToken) =>
        Page<OperationRecord>.ReadAsync(records, RecordNames.OperationsOf(tenant), page, cancellationToken);

    /// <summary>The operation now and after each change until it ends; null when nothing changed for a while, so that the caller can keep a connection alive.</summary>
    /// <exception cref="RefusedException"><c>operation-not-found</c>.</exception>
    public async IAsyncEnumerable<OperationView?> WatchAsync(
        TenantName tenant, OperationId operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var view = await GetAsync(tenant, operation, cancellationToken);
        yield return view;
        while (view.Record.EndedAt is null)
        {
            var (seen, state) = (view.Workflow?.Revision, view.Record.State);
            await Task.Delay(state == OperationState.Queued ? QueuedPace : Pace, cancellationToken);
            var status = await workflows.WaitForChangeAsync(operation.Value, seen ?? -1, Silence, cancellationToken);
            view = OperationView.Of(await FindAsync(tenant, operation, cancellationToken), status);
            yield return status?.Revision == seen && view.Record.State == state ? null : view;
        }
    }

    /// <summary>Asks an operation to stop; what it has made is then undone or kept, as it was told at its start.</summary>
    /// <exception cref="RefusedException"><c>operation-not-found</c>, <c>operation-not-cancelable</c>.</exception>
    public async Task<OperationView> CancelAsync(TenantName tenant, OperationId operation, CancellationToken cancellationToken)
    {
        var record = await FindAsync(tenant, operation, cancellationToken);
        if (record.State == OperationState.Queued
            && await starter.EndUnbegunAsync(tenant, operation, StepFailedException.Canceled, "it was cancelled before it had begun", onlyQueued: true, cancellationToken) is { State: OperationState.Canceled })
        {
            return await GetAsync(tenant, operation, cancellationToken);
        }

        if (record.EndedAt is not null || record.Kind == OperationKind.DeleteNetwork || !await workflows.CancelAsync(operation.Value, cancellationToken))
        {
            var reason = record.Kind == OperationKind.DeleteNetwork ? "a deletion goes on to its end" : "it has ended";
            throw new RefusedException(RefusalKind.Conflict, "operation-not-cancelable", $"cannot cancel operation \"{operation}\": {reason}");
        }

        return await GetAsync(tenant, operation, cancellationToken);
    }

    private async Task<OperationRecord> FindAsync(TenantName tenant, OperationId operation, CancellationToken cancellationToken) =>
        (await records.GetAsync<OperationRecord>(RecordNames.Operation(tenant, operation), cancellationToken))?.Record ?? throw Refusals.NoOperation(operation);
}
