using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations.Backups;

/// <summary>Takes, shows, checks and forgets a network's backups. They stay when the network goes.</summary>
internal sealed class BackupOperations(RecordStore records, BackupStore backups, BackupManifests manifests, MaintenanceOperations maintenance, OperationStarter starter, TimeProvider clock)
{
    /// <summary>What a backup is.</summary>
    public static OperationDefinition Backup { get; } = OperationDefinition.Of(
        OperationKind.BackupNetwork, LockRule.Maintenance, (operation, recorded) => new BackupNetwork.Input(operation.Network, operation.Id, BackupId.Of(operation.Id), recorded));

    /// <summary>What a check of a backup is.</summary>
    public static OperationDefinition Verification { get; } = OperationDefinition.Apart<VerifyArguments>(
        OperationKind.VerifyBackup, (operation, arguments) => new VerifyBackup.Input(operation.Network, operation.Id, arguments.Backup));

    /// <summary>Begins a backup; its id comes from the operation's.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>network-busy</c>, <c>network-not-ready</c>, <c>idempotency-key-reused</c>.</exception>
    public Task<OperationRecord> BeginAsync(ChangeRequest request, NetworkName network, CancellationToken cancellationToken) =>
        maintenance.BeginAsync(request, network, OperationKind.BackupNetwork, null, cancellationToken);

    /// <summary>A page of a network's backups, in the order of their ids.</summary>
    public Task<Page<BackupRecord>> ListAsync(NetworkReference network, PageRequest page, CancellationToken cancellationToken) =>
        Page<BackupRecord>.ReadAsync(records, BackupRecordNames.Of(network), page, cancellationToken);

    /// <summary>A backup.</summary>
    /// <exception cref="RefusedException"><c>backup-not-found</c>.</exception>
    public async Task<BackupRecord> GetAsync(NetworkReference network, BackupId backup, CancellationToken cancellationToken) =>
        (await records.GetAsync<BackupRecord>(BackupRecordNames.Of(network, backup), cancellationToken))?.Record ?? throw NoBackup(backup);

    /// <summary>A backup with what it holds, as far as it can be told: a check may have found its manifest damaged.</summary>
    /// <exception cref="RefusedException"><c>backup-not-found</c>.</exception>
    /// <exception cref="BackupException">Its manifest is damaged, and no check has found it yet.</exception>
    public async Task<BackupView> ShowAsync(NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        var record = await GetAsync(network, backup, cancellationToken);
        if (record.State is not (BackupState.Complete or BackupState.Damaged))
        {
            return new BackupView(record, null);
        }

        try
        {
            var manifest = await manifests.ReadAsync(network, backup, cancellationToken);
            return new BackupView(record, [.. manifest.Volumes.Select(volume => new BackupView.Volume(volume.Node.ToString(), volume.Role, volume.Root.Bytes, volume.Root.SentBytes, volume.Ledgers))]);
        }
        catch (BackupException) when (record.State == BackupState.Damaged)
        {
            return new BackupView(record, null); // its faults tell why
        }
    }

    /// <summary>Forgets a backup; a timer deletes what no other one needs. One that is being taken, or of a network at work, is not forgotten.</summary>
    /// <exception cref="RefusedException"><c>backup-not-found</c>, <c>network-busy</c>.</exception>
    public async Task DeleteAsync(NetworkReference network, BackupId backup, CancellationToken cancellationToken)
    {
        await GetAsync(network, backup, cancellationToken);
        if (await records.GetAsync<NetworkRecord>(RecordNames.Network(network), cancellationToken) is { Record: { ActiveOperation: not null } busy })
        {
            throw Refusals.Busy(busy);
        }

        await ForgottenBackup.ForgetAsync(records, backups, network, backup, cancellationToken);
    }

    /// <summary>Begins to read a backup back and check it. It does not take the network, which need not be there any more.</summary>
    /// <exception cref="RefusedException"><c>backup-not-found</c>, <c>backup-not-complete</c>, <c>idempotency-key-reused</c>.</exception>
    public async Task<OperationRecord> VerifyAsync(ChangeRequest request, NetworkName network, BackupId backup, CancellationToken cancellationToken)
    {
        var reference = new NetworkReference(request.Tenant, network);
        RequireWhole(await GetAsync(reference, backup, cancellationToken));
        var (id, _) = await starter.ReserveAsync(request, cancellationToken);
        var operation = await starter.PutAsync(
            new OperationRecord
            {
                Id = id,
                Network = reference,
                Kind = OperationKind.VerifyBackup,
                OnFailure = OnFailure.Keep,
                State = OperationState.Running,
                CreatedAt = clock.GetUtcNow(),
                CreatedBy = request.Caller.Id,
                Arguments = JsonSerializer.SerializeToElement(new VerifyArguments(backup), NetworkJson.Options),
            },
            cancellationToken);
        await starter.StartAsync(operation, null, cancellationToken);
        return operation;
    }

    internal static void RequireWhole(BackupRecord record)
    {
        if (record.State is BackupState.Running or BackupState.Failed)
        {
            throw new RefusedException(RefusalKind.Conflict, "backup-not-complete", $"cannot use backup \"{record.Id}\": it is {record.State.ToString().ToLowerInvariant()}")
            {
                Operation = record.Operation,
            };
        }
    }

    private static RefusedException NoBackup(BackupId backup) => new(RefusalKind.NotFound, "backup-not-found", $"cannot find backup \"{backup}\"");
}
