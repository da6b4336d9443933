using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Operations.Backups;
using Baas.Core.Operations.Health;
using Baas.Core.Operations.Renewals;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Renewals;
using Baas.Core.Workflows.Rolling;

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

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var record = new IdempotencyRecord(request.RequestHash, fresh, clock.GetUtcNow());
        var (stored, wasThere) = await records.PutIfAbsentAsync(RecordNames.Idempotency(request.Tenant, hash), record, cancellationToken);
        return stored.Record.RequestHash == request.RequestHash
            ? (stored.Record.Operation, wasThere)
            : throw new RefusedException(
                RefusalKind.Unprocessable, "idempotency-key-reused", "cannot use the idempotency key: it stood on another request; take a new key for a new request");
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
        workflows.StartAsync(operation.Id.Value, WorkflowFor(operation, spec), cancellationToken);

    private static IWorkflowInput WorkflowFor(OperationRecord operation, NetworkSpec? spec) => (operation.Kind, spec) switch
    {
        (OperationKind.CreateNetwork, { } wanted) => new CreateNetwork.Input(operation.Network, operation.Id, wanted, operation.OnFailure),
        (OperationKind.DeleteNetwork, { } recorded) => new DeleteNetwork.Input(operation.Network, operation.Id, recorded),
        (OperationKind.BackupNetwork, { } recorded) => new BackupNetwork.Input(operation.Network, operation.Id, BackupId.Of(operation.Id), recorded),
        (OperationKind.VerifyBackup, _) => new VerifyBackup.Input(operation.Network, operation.Id, ArgumentsOf<VerifyArguments>(operation).Backup),
        (OperationKind.RestoreNetwork, { } wanted) => RestoreOf(operation, wanted, ArgumentsOf<RestoreArguments>(operation)),
        (OperationKind.HealNetwork, { } recorded) => new HealNetwork.Input(operation.Network, operation.Id, recorded, HealingOperations.ActsOf(operation)),
        (OperationKind.UpgradeNetwork, { } recorded) => UpgradeOf(operation, recorded, ArgumentsOf<UpgradeArguments>(operation)),
        (OperationKind.RenewCertificates, { } recorded) => RenewalOf(operation, recorded, ArgumentsOf<RenewalArguments>(operation)),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.Kind, "no workflow does this"),
    };

    private static RestoreNetwork.Input RestoreOf(OperationRecord operation, NetworkSpec spec, RestoreArguments arguments) =>
        new(operation.Network, operation.Id, arguments.Backup, spec, arguments.Nodes, arguments.IsNew, operation.OnFailure);

    private static UpgradeNetwork.Input UpgradeOf(OperationRecord operation, NetworkSpec spec, UpgradeArguments arguments) =>
        new(operation.Network, operation.Id, spec, arguments.FabricVersion, arguments.NodeLimit);

    private static RenewCertificates.Input RenewalOf(OperationRecord operation, NetworkSpec spec, RenewalArguments arguments) =>
        new(operation.Network, operation.Id, spec, arguments.Nodes, arguments.Users, arguments.NodeLimit);

    private static TArguments ArgumentsOf<TArguments>(OperationRecord operation) =>
        (operation.Arguments ?? throw new ArgumentException($"operation {operation.Id} has no arguments", nameof(operation))).Deserialize<TArguments>(NetworkJson.Options)
        ?? throw new ArgumentException($"operation {operation.Id} has empty arguments", nameof(operation));
}
