using System.Text.Json;
using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Rolling;

namespace Baas.Core.Operations.Upgrades;

/// <summary>Plans, begins, pauses and resumes upgrades. Whoever wants to abort one cancels its operation.</summary>
public sealed class UpgradeOperations(
    RecordStore records, NetworkOperations networks, NetworkLock locks, OperationStarter starter, OperationQueries operations, IWorkflowClient workflows, UpgradeOptions options, TimeProvider clock)
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

    /// <summary>Begins an upgrade.</summary>
    /// <exception cref="RefusedException"><c>upgrade-not-possible</c>, <c>network-not-found</c>, <c>network-busy</c>, <c>network-not-ready</c>, <c>idempotency-key-reused</c>.</exception>
    public async Task<OperationRecord> BeginAsync(ChangeRequest request, NetworkName name, UpgradeRequest asked, CancellationToken cancellationToken)
    {
        var network = new NetworkReference(request.Tenant, name);
        var record = (await networks.GetAsync(network, cancellationToken)).Record;
        var arguments = JsonSerializer.SerializeToElement(new UpgradeArguments(asked.FabricVersion, options.NodeLimit) { Request = asked }, NetworkJson.Options);
        var draft = new NetworkLock.Draft(network, OperationKind.UpgradeNetwork, OnFailure.Keep) { Arguments = arguments };
        var (operation, ended) = await locks.BeginAsync(request, draft, cancellationToken);
        if (ended)
        {
            return operation;
        }

        // A repetition of the request that holds the network now has been looked at before.
        var plan = await PlanAsync(network, asked, cancellationToken);
        var blocking = record.ActiveOperation == operation.Id ? null : plan.Findings.FirstOrDefault(finding => finding.IsBlocking && !IsOfTheLock(finding));
        return blocking is null
            ? await locks.TakeAndStartAsync(request, operation, null, cancellationToken)
            : await starter.EndOrForgetAsync(request, operation, cancellationToken) ?? throw NotPossible(name, blocking);
    }

    /// <summary>Lets an upgrade stand still before its next node, or go on.</summary>
    /// <exception cref="RefusedException"><c>operation-not-found</c>, <c>operation-not-pausable</c>.</exception>
    public async Task<OperationView> SignalAsync(TenantName tenant, OperationId operation, bool isPause, CancellationToken cancellationToken)
    {
        var view = await operations.GetAsync(tenant, operation, cancellationToken);
        var isUpgrade = view.Record.Kind == OperationKind.UpgradeNetwork;
        if (!isUpgrade || !await workflows.RaiseEventAsync(operation.Value, UpgradeSignal.Event, new UpgradeSignal(isPause), cancellationToken))
        {
            var verb = isPause ? "pause" : "resume";
            throw new RefusedException(RefusalKind.Conflict, "operation-not-pausable", $"cannot {verb} operation \"{operation}\": {(isUpgrade ? "it has ended" : "it is no upgrade")}");
        }

        return await operations.GetAsync(tenant, operation, cancellationToken);
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

    // Who holds the network is the lock's to say.
    private static bool IsOfTheLock(UpgradeFinding finding) => finding.Code is "network-busy" or "network-not-ready";

    private static RefusedException NotPossible(NetworkName network, UpgradeFinding finding) =>
        new(RefusalKind.Conflict, "upgrade-not-possible", $"cannot upgrade network \"{network}\": {finding.Code}: {finding.Message}");
}
