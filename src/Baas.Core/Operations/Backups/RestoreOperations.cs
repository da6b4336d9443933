using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations.Backups;

/// <summary>Begins restores: as a new network where its place is empty, else of chosen nodes or all.</summary>
internal sealed class RestoreOperations(RecordStore records, BackupStore backups, BackupOperations operations, NetworkLock networks, NetworkOperations creation)
{
    /// <summary>What a restore is.</summary>
    public static OperationDefinition Restore { get; } = OperationDefinition.Of<RestoreArguments>(
        OperationKind.RestoreNetwork,
        new LockRule([NetworkState.Ready, NetworkState.Failed], null, FailsNetwork: true),
        (operation, wanted, arguments) => new RestoreNetwork.Input(operation.Network, operation.Id, arguments.Backup, wanted, arguments.Nodes, arguments.IsNew, operation.OnFailure));

    /// <summary>Begins a restore.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="name">The network; its name is the one that it was backed up with.</param>
    /// <param name="restore">What shall be restored.</param>
    /// <param name="onFailure">What becomes of a half-made network where its place was empty.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException">
    /// <c>backup-not-found</c>, <c>backup-not-complete</c>, <c>restore-needs-force</c>, <c>restore-node-unknown</c>, <c>restore-selection-unsafe</c>, <c>restore-specification-differs</c>,
    /// <c>network-busy</c>, <c>network-not-ready</c>, <c>idempotency-key-reused</c>.
    /// </exception>
    /// <exception cref="BackupException">The manifest is damaged or missing, or another key has signed it.</exception>
    public async Task<OperationRecord> BeginAsync(ChangeRequest request, NetworkName name, RestoreRequest restore, OnFailure onFailure, CancellationToken cancellationToken)
    {
        var network = new NetworkReference(request.Tenant, name);
        BackupOperations.RequireWhole(await operations.GetAsync(network, restore.Backup, cancellationToken));
        var manifest = await backups.ReadManifestAsync(network, restore.Backup, cancellationToken);
        var there = await records.GetAsync<NetworkRecord>(RecordNames.Network(network), cancellationToken);

        // A repetition of a request that has begun finds the network that it is making: that is no restore over a live one.
        var isNew = there is null || await IsMakingAsync(there.Record, restore.Backup, cancellationToken);
        if (!isNew)
        {
            RestoreSelection.Check(manifest, there!.Record, restore); // not new, so it is there
        }

        var arguments = JsonSerializer.SerializeToElement(new RestoreArguments(restore.Backup, isNew ? [] : restore.Nodes, isNew), NetworkJson.Options);
        var draft = new NetworkLock.Draft(network, OperationKind.RestoreNetwork, isNew ? onFailure : OnFailure.Rollback) { Arguments = arguments };
        if (isNew)
        {
            return await creation.CreateAsync(request, draft, manifest.Spec, cancellationToken);
        }

        var (operation, ended) = await networks.BeginAsync(request, draft, cancellationToken);
        return ended ? operation : await networks.TakeAndStartAsync(request, operation, null, cancellationToken);
    }

    private async Task<bool> IsMakingAsync(NetworkRecord network, BackupId backup, CancellationToken cancellationToken)
    {
        var operation = await records.GetAsync<OperationRecord>(RecordNames.Operation(network.Reference.Tenant, network.LastOperation), cancellationToken);
        return network.State == NetworkState.Creating
            && operation?.Record is { Kind: OperationKind.RestoreNetwork, Arguments: { } arguments }
            && arguments.Deserialize<RestoreArguments>(NetworkJson.Options)?.Backup == backup;
    }
}
