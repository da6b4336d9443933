using System.Text.Json;
using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Rolling;

namespace Baas.Core.Operations.Upgrades;

/// <summary>Plans, begins, pauses and resumes upgrades. Whoever wants to abort one cancels its operation.</summary>
public sealed class UpgradeOperations(
    RecordStore records, NetworkOperations networks, NetworkLock locks, OperationStarter starter, OperationQueue queue, OperationQueries operations, IWorkflowClient workflows, UpgradeOptions options, TimeProvider clock)
{
    /// <summary>What an upgrade is.</summary>
    internal static OperationDefinition Upgrade { get; } = OperationDefinition.Of<UpgradeArguments>(
        OperationKind.UpgradeNetwork,
        LockRule.Maintenance,
        (operation, recorded, arguments) => new UpgradeNetwork.Input(operation.Network, operation.Id, recorded, arguments.FabricVersion, arguments.NodeLimit) { Capabilities = arguments.Asked().Raised(recorded) });

    /// <summary>What an upgrade would do, and what stands in its way. Touches nothing.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<UpgradePlan> PlanAsync(NetworkReference network, UpgradeRequest request, CancellationToken cancellationToken)
    {
        var record = (await networks.GetAsync(network, cancellationToken)).Record;
        var health = (await records.GetAsync<NetworkHealth>(RecordNames.HealthOfNetwork(network), cancellationToken))?.Record;
        var findings = UpgradePreflight.Of(record, request, health, await GoodBackupsAsync(network, cancellationToken), options, clock.GetUtcNow());
        var spec = record.Spec;
        return new UpgradePlan(
            network.Network,
            spec.FabricVersion,
            request.FabricVersion,
            [
                new("orderers", [.. spec.Ordering.Orderers().Select(node => node.ToString())]),
                new("peers", [.. spec.Organizations.SelectMany(organization => organization.PeerNodes()).Select(node => node.ToString()).Order(StringComparer.Ordinal)]),
                new("verification", [.. spec.Chaincodes.Select(chaincode => $"{chaincode.Name} on {chaincode.Channel}")]),
                new("capabilities", [.. request.Raised(spec).Select(channel => channel.Value)]),
            ],
            findings);
    }

    /// <summary>Puts an upgrade into the queue, from which it begins. The message comes before the record: what is on record has been sent.</summary>
    /// <exception cref="RefusedException"><c>upgrade-not-possible</c>, <c>network-not-found</c>, <c>network-busy</c>, <c>network-not-ready</c>, <c>idempotency-key-reused</c>.</exception>
    public async Task<OperationRecord> EnqueueAsync(ChangeRequest request, NetworkName name, UpgradeRequest asked, CancellationToken cancellationToken)
    {
        var network = new NetworkReference(request.Tenant, name);
        var record = (await networks.GetAsync(network, cancellationToken)).Record;
        var (id, isRepetition) = await starter.ReserveAsync(request, cancellationToken);
        if (isRepetition && await starter.FindAsync(request.Tenant, id, cancellationToken) is { } known)
        {
            return known;
        }

        if (record.ActiveOperation is not null || record.State != NetworkState.Ready)
        {
            throw Refusals.NotTaken(record);
        }

        await CheckAsync(network, asked, cancellationToken);
        var draft = new NetworkLock.Draft(network, OperationKind.UpgradeNetwork, OnFailure.Keep)
        {
            Arguments = JsonSerializer.SerializeToElement(new UpgradeArguments(asked.FabricVersion, options.NodeLimit) { Request = asked }, NetworkJson.Options),
        };
        var operation = draft.ToRecord(id, request.Caller.Id, OperationState.Queued, clock.GetUtcNow());
        await queue.SendAsync(operation, cancellationToken);
        return await starter.PutAsync(operation, cancellationToken);
    }

    /// <summary>Begins an upgrade that comes out of the queue; does nothing when it has begun or ended.</summary>
    /// <param name="queued">The operation as its message has it, which may not be on record yet.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>upgrade-not-possible</c>, <c>network-not-found</c>, <c>network-busy</c>, <c>network-not-ready</c>.</exception>
    /// <exception cref="QueueMessageException">Its arguments are none of an upgrade.</exception>
    internal async Task BeginQueuedAsync(OperationRecord queued, CancellationToken cancellationToken)
    {
        var asked = AskedOf(queued);
        var operation = await starter.PutAsync(queued with { State = OperationState.Queued, EndedAt = null, Failure = null }, cancellationToken);
        if (operation.EndedAt is not null)
        {
            return;
        }

        var network = (await networks.GetAsync(operation.Network, cancellationToken)).Record;
        if (network.CreatedAt > operation.CreatedAt)
        {
            throw Refusals.NoNetwork(operation.Network.Network); // another one of the same name has taken its place
        }

        if (network.ActiveOperation is null)
        {
            await CheckAsync(operation.Network, asked, cancellationToken);
        }

        await locks.TakeAndStartQueuedAsync(operation, cancellationToken);
    }

    /// <summary>Lets an upgrade stand still before its next node, or go on.</summary>
    /// <exception cref="RefusedException"><c>operation-not-found</c>, <c>operation-not-pausable</c>.</exception>
    public async Task<OperationView> SignalAsync(TenantName tenant, OperationId operation, bool isPause, CancellationToken cancellationToken)
    {
        var view = await operations.GetAsync(tenant, operation, cancellationToken);
        var isUpgrade = view.Record.Kind == OperationKind.UpgradeNetwork;
        if (!isUpgrade || !await workflows.RaiseEventAsync(operation.Value, UpgradeSignal.Event, new UpgradeSignal(isPause), cancellationToken))
        {
            var why = (isUpgrade, view.Record.EndedAt) switch
            {
                (false, _) => "it is no upgrade",
                (_, null) => "it has not begun yet",
                _ => "it has ended",
            };
            throw new RefusedException(RefusalKind.Conflict, "operation-not-pausable", $"cannot {(isPause ? "pause" : "resume")} operation \"{operation}\": {why}");
        }

        return await operations.GetAsync(tenant, operation, cancellationToken);
    }

    private static UpgradeRequest AskedOf(OperationRecord queued)
    {
        try
        {
            return queued.Arguments is { } arguments && arguments.Deserialize<UpgradeArguments>(NetworkJson.Options) is { FabricVersion.Value.Length: > 0 } upgrade && upgrade.NodeLimit > TimeSpan.Zero
                ? upgrade.Asked()
                : throw new QueueMessageException("its arguments name no version or no limit");
        }
        catch (JsonException failure)
        {
            throw new QueueMessageException($"its arguments cannot be read: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    // Who holds the network is the lock's to say.
    private async Task CheckAsync(NetworkReference network, UpgradeRequest asked, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(network, asked, cancellationToken);
        if (plan.Findings.FirstOrDefault(finding => finding.IsBlocking && finding.Code is not ("network-busy" or "network-not-ready")) is { } blocking)
        {
            throw new RefusedException(RefusalKind.Conflict, "upgrade-not-possible", $"cannot upgrade network \"{network.Network}\": {blocking.Code}: {blocking.Message}");
        }
    }

    private async Task<IReadOnlyList<BackupRecord>> GoodBackupsAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        List<BackupRecord> good = [];
        await foreach (var (_, stored) in records.ListAsync<BackupRecord>(BackupRecordNames.Of(network), null, cancellationToken))
        {
            if (stored.Record is { State: BackupState.Complete, Faults.Count: 0 } backup)
            {
                good.Add(backup);
            }
        }

        return good;
    }
}
