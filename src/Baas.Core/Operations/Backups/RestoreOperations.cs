using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations.Backups;

/// <summary>Begins restores: as a new network where its place is empty, else of chosen nodes or all.</summary>
internal sealed class RestoreOperations(RecordStore records, BackupManifests manifests, BackupOperations operations, NetworkLock networks, NetworkOperations creation, SpecificationOptions options)
{
    /// <summary>What a restore is.</summary>
    public static OperationDefinition Restore { get; } = OperationDefinition.Of<RestoreArguments>(
        OperationKind.RestoreNetwork,
        new LockRule([NetworkState.Ready, NetworkState.Failed], null, FailsNetwork: true),
        (operation, wanted, arguments) => new RestoreNetwork.Input(operation.Network, operation.Id, arguments.Backup, wanted, arguments.Nodes, arguments.IsNew, operation.OnFailure)
        {
            Source = arguments.Source is { } source ? operation.Network with { Network = source } : null,
        });

    /// <summary>Begins a restore.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="name">The network that is restored.</param>
    /// <param name="restore">What shall be restored.</param>
    /// <param name="onFailure">What becomes of a half-made network where its place was empty.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException">
    /// <c>backup-not-found</c>, <c>backup-not-complete</c>, <c>restore-needs-force</c>, <c>restore-node-unknown</c>, <c>restore-selection-unsafe</c>, <c>restore-specification-differs</c>,
    /// <c>restore-original-there</c>, <c>cluster-unknown</c>, <c>network-exists</c>, <c>network-busy</c>, <c>network-not-ready</c>, <c>idempotency-key-reused</c>.
    /// </exception>
    /// <exception cref="BackupException">The manifest is damaged or missing, or another key has signed it.</exception>
    public async Task<OperationRecord> BeginAsync(ChangeRequest request, NetworkName name, RestoreRequest restore, OnFailure onFailure, CancellationToken cancellationToken)
    {
        var network = new NetworkReference(request.Tenant, name);
        var source = network with { Network = restore.Source ?? name };
        BackupOperations.RequireWhole(await operations.GetAsync(source, restore.Backup, cancellationToken));
        var manifest = await manifests.ReadAsync(source, restore.Backup, cancellationToken);
        var there = await records.GetAsync<NetworkRecord>(RecordNames.Network(network), cancellationToken);

        // A repetition of a request that has begun finds the network that it is making: that is no restore over a live one.
        var isNew = there is null || await IsMakingAsync(there.Record, restore.Backup, cancellationToken);
        if (source != network)
        {
            await RequireMoveAsync(network, manifest, isNew ? null : there?.Record, cancellationToken);
        }
        else if (!isNew)
        {
            RequireInPlace(name, restore);
            RestoreSelection.Check(manifest, there!.Record, restore); // not new, so it is there
        }

        var arguments = JsonSerializer.SerializeToElement(new RestoreArguments(restore.Backup, isNew ? [] : restore.Nodes, isNew, restore.Source), NetworkJson.Options);
        var draft = new NetworkLock.Draft(network, OperationKind.RestoreNetwork, isNew ? onFailure : OnFailure.Rollback) { Arguments = arguments };
        if (isNew)
        {
            RequireCluster(restore.Cluster);
            return await creation.CreateAsync(request, draft, RestoreSelection.SpecOf(manifest, name, restore.Cluster), cancellationToken);
        }

        var (operation, ended) = await networks.BeginAsync(request, draft, cancellationToken);
        return ended ? operation : await networks.TakeAndStartAsync(request, operation, null, cancellationToken);
    }

    private static void RequireInPlace(NetworkName name, RestoreRequest restore)
    {
        if (restore.Cluster is { } wanted)
        {
            throw new RefusedException(
                RefusalKind.Conflict, "restore-original-there", $"cannot restore network \"{name}\" on cluster \"{wanted}\": it is there, on the clusters of its specification; delete it first, without those that were lost");
        }
    }

    private void RequireCluster(ClusterName? cluster)
    {
        if (cluster is { } wanted && !options.Clusters.Contains(wanted.Value, StringComparer.Ordinal))
        {
            throw new RefusedException(RefusalKind.Unprocessable, "cluster-unknown", $"cannot restore on cluster \"{wanted}\": there is none of that name; there are: {string.Join(", ", options.Clusters)}");
        }
    }

    // The restored nodes listen where the former ones did: nobody else may. Names of namespaces are each network's own.
    private async Task RequireMoveAsync(NetworkReference network, BackupManifest manifest, NetworkRecord? there, CancellationToken cancellationToken)
    {
        if (there is not null)
        {
            throw Refusals.Exists(there);
        }

        if (RestoreSelection.TakesAddresses(manifest) && await records.GetAsync<NetworkRecord>(RecordNames.Network(manifest.Network), cancellationToken) is { Record: var original })
        {
            throw new RefusedException(
                RefusalKind.Conflict,
                "restore-original-there",
                $"cannot restore network \"{manifest.Network.Network}\" as \"{network.Network}\": it is there, and its nodes listen at the addresses that channels name; delete it first")
            {
                Operation = original.ActiveOperation ?? original.LastOperation,
            };
        }
    }

    private async Task<bool> IsMakingAsync(NetworkRecord network, BackupId backup, CancellationToken cancellationToken)
    {
        var operation = await records.GetAsync<OperationRecord>(RecordNames.Operation(network.Reference.Tenant, network.LastOperation), cancellationToken);
        return network.State == NetworkState.Creating
            && operation?.Record is { Kind: OperationKind.RestoreNetwork, Arguments: { } arguments }
            && arguments.Deserialize<RestoreArguments>(NetworkJson.Options)?.Backup == backup;
    }
}
