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

    /// <summary>Starts the operation's workflow; does nothing when it has been started before.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="spec">What its network is made from; null for operations that do not take it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal Task StartAsync(OperationRecord operation, NetworkSpec? spec, CancellationToken cancellationToken) =>
        workflows.StartAsync(operation.Id.Value, OperationDefinitions.Of(operation.Kind).Workflow(operation, spec), cancellationToken);
}
