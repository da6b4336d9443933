using System.Security.Cryptography;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>
/// Begins operations so that none is lost and none runs twice. Each write is idempotent and they come in this order:
/// idempotency key, operation record, network record (the lock), workflow. A crash between two of them is mended by a repetition of the request or by
/// <see cref="OperationSweep"/>.
/// </summary>
public sealed class OperationStarter(RecordStore records, IWorkflowClient workflows, TimeProvider clock)
{
    /// <summary>The operation that this request stands for: the first one that came with its idempotency key, or a new one.</summary>
    /// <exception cref="RefusedException">The key stood on another request (<c>idempotency-key-reused</c>).</exception>
    internal async Task<(OperationId Operation, bool IsRepetition)> ReserveAsync(ChangeRequest request, CancellationToken cancellationToken)
    {
        var fresh = OperationId.Parse($"op-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10))}");
        if (request.IdempotencyKey is not { } key)
        {
            return (fresh, false);
        }

        var (bound, wasThere) = await IdempotencyKeys.BindAsync(records, request, key, new IdempotencyRecord(request.RequestHash, fresh, clock.GetUtcNow()), cancellationToken);
        return (bound.Operation ?? fresh, wasThere);
    }

    /// <summary>Puts the operation on record; a repetition gives the one that is there.</summary>
    internal async Task<OperationRecord> PutAsync(OperationRecord operation, CancellationToken cancellationToken) =>
        (await records.PutIfAbsentAsync(RecordNames.Operation(operation.Network.Tenant, operation.Id), operation, cancellationToken)).Stored.Record;

    /// <summary>An operation that never got its network: nothing was begun, nothing is left.</summary>
    internal Task ForgetAsync(OperationRecord operation, CancellationToken cancellationToken) =>
        records.DeleteAsync(RecordNames.Operation(operation.Network.Tenant, operation.Id), BlobCondition.None, cancellationToken);

    /// <summary>How an operation has ended while a repetition of its request was on its way; null when it has not, and for a request that cannot be repeated.</summary>
    internal async Task<OperationRecord?> EndOfAsync(ChangeRequest request, OperationRecord operation, CancellationToken cancellationToken) =>
        request.IdempotencyKey is not null
        && await records.GetAsync<OperationRecord>(RecordNames.Operation(operation.Network.Tenant, operation.Id), cancellationToken) is { Record: { EndedAt: not null } ended }
            ? ended
            : null;

    /// <summary>For an operation that does not have its network: how it has ended, or null after it was forgotten.</summary>
    internal async Task<OperationRecord?> EndOrForgetAsync(ChangeRequest request, OperationRecord operation, CancellationToken cancellationToken)
    {
        var ended = await EndOfAsync(request, operation, cancellationToken);
        if (ended is null)
        {
            await ForgetAsync(operation, cancellationToken);
        }

        return ended;
    }

    /// <summary>What is on record of an operation; null when nothing is.</summary>
    internal async Task<OperationRecord?> FindAsync(TenantName tenant, OperationId operation, CancellationToken cancellationToken) =>
        (await records.GetAsync<OperationRecord>(RecordNames.Operation(tenant, operation), cancellationToken))?.Record;

    /// <summary>Starts the workflow of an operation that has its network, unless it has ended while it was queued: then the network is free again.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="spec">What its network is made from.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task StartTakenAsync(OperationRecord operation, NetworkSpec spec, CancellationToken cancellationToken)
    {
        if (operation.State != OperationState.Running)
        {
            // Whoever cancels it meanwhile does so on its record, too: one of the two wins.
            var name = RecordNames.Operation(operation.Network.Tenant, operation.Id);
            var running = await records.ChangeAsync<OperationRecord>(
                name, record => record.State == OperationState.Queued ? record with { State = OperationState.Running } : null, cancellationToken);
            if (running is not { Record.EndedAt: null })
            {
                await ReleaseAsync(operation, cancellationToken);
                return;
            }
        }

        await StartAsync(operation, spec, cancellationToken);
    }

    /// <summary>Ends an operation whose workflow was never started, and frees its network; does nothing when the operation has begun.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The operation.</param>
    /// <param name="code">Why, as a code.</param>
    /// <param name="reason">Why, one line.</param>
    /// <param name="onlyQueued">Whether somebody else may be about to start it: then only what is still queued ends.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The operation as it is now; null when there is none.</returns>
    internal async Task<OperationRecord?> EndUnbegunAsync(TenantName tenant, OperationId id, string code, string reason, bool onlyQueued, CancellationToken cancellationToken)
    {
        if (await workflows.GetStatusAsync(id.Value, cancellationToken) is not null)
        {
            return await FindAsync(tenant, id, cancellationToken);
        }

        var ended = (await records.ChangeAsync<OperationRecord>(
            RecordNames.Operation(tenant, id),
            record => record.EndedAt is not null || (onlyQueued && record.State != OperationState.Queued) ? null : record with
            {
                State = code == StepFailedException.Canceled ? OperationState.Canceled : OperationState.Failed,
                EndedAt = clock.GetUtcNow(),
                Failure = new WorkflowFailure("Queue", record.Network.Network.Value, code, reason, []),
            },
            cancellationToken))?.Record;
        if (ended is { EndedAt: not null })
        {
            await ReleaseAsync(ended, cancellationToken);
        }

        return ended;
    }

    /// <summary>Starts the operation's workflow; does nothing when it has been started before.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="spec">What its network is made from; null for operations that do not take it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal Task StartAsync(OperationRecord operation, NetworkSpec? spec, CancellationToken cancellationToken) =>
        workflows.StartAsync(operation.Id.Value, OperationDefinitions.Of(operation.Kind).Workflow(operation, spec), cancellationToken);

    private async Task ReleaseAsync(OperationRecord operation, CancellationToken cancellationToken) => await records.ChangeAsync<NetworkRecord>(
        RecordNames.Network(operation.Network),
        network => network.ActiveOperation == operation.Id ? network with { ActiveOperation = null, UpdatedAt = clock.GetUtcNow() } : null,
        cancellationToken);
}
