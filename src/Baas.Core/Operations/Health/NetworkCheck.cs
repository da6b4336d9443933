using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Health.Healing;
using Baas.Core.Health.Judgement;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations.Health;

/// <summary>Looks at one network: observes, judges, compares with the look before, tells and heals.</summary>
internal sealed class NetworkCheck(RecordStore records, BackupHistory backups, HealingOperations healing, AlertOutbox outbox, HealthOptions options, TimeProvider clock)
{
    /// <summary>Looks once.</summary>
    /// <param name="round">The round of looks.</param>
    /// <param name="network">The network.</param>
    /// <param name="poison">The messages that were given up; null when the queue did not say.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>How the network is, as it stands on record now.</returns>
    public async Task<NetworkHealth> RunAsync(IObservationRound round, NetworkRecord network, IReadOnlyList<PoisonView>? poison, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var reference = network.Reference;
        var former = (await records.GetAsync<NetworkHealth>(RecordNames.HealthOfNetwork(reference), cancellationToken))?.Record;
        var backup = await backups.FindAsync(network, cancellationToken);
        var seen = await ObserveAsync(round, network, cancellationToken);
        IReadOnlyList<Finding> given = [.. GivenUp(reference, former, poison), .. await FailedRenewalAsync(network, cancellationToken)];
        var judged = seen is null ? Blind(reference, former, given, now) : HealthJudge.Judge(seen, backup, now, former?.Trends, given);
        var health = HealthChanges.Since(former, judged) with
        {
            Operation = network.ActiveOperation,
            Tries = [.. (former?.Tries ?? []).Where(one => !one.IsOver(now))],
            Healing = former?.Healing,
        };
        var (alerts, changed) = AlertBook.Next(former?.Alerts ?? [], health, now);
        health = health with { Alerts = alerts };
        List<HealthEvent> events = [.. HealthChanges.Between(former, health, changed)];
        health = await EndHealingAsync(health, events, cancellationToken);
        health = await HealAsync(network, seen, health, events, cancellationToken);

        // The messages first: what is told twice is told, what is recorded and not told is lost.
        await outbox.AddAsync(reference, health, changed, cancellationToken);
        await AppendAsync(reference, events, cancellationToken);
        await records.PutAsync(RecordNames.HealthOfNetwork(reference), health, BlobCondition.None, cancellationToken);
        return health;
    }

    // While nobody knows, what was found before stays.
    private static IReadOnlyList<Finding> GivenUp(NetworkReference network, NetworkHealth? former, IReadOnlyList<PoisonView>? poison)
    {
        if (poison is null)
        {
            return [.. (former?.Findings ?? []).Where(finding => finding.Code == FindingCodes.QueueMessagePoisoned)];
        }

        IReadOnlyList<PoisonView> mine = [.. poison.Where(one => one.Network == network)];
        return mine.Count == 0
            ? []
            : [new(FindingCodes.QueueMessagePoisoned, HealthState.Degraded, network.Network.Value, $"{mine.Count} given up in the queue; the first: {mine[0].Message.Reason}")];
    }

    private async Task<NetworkObservation?> ObserveAsync(IObservationRound round, NetworkRecord network, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.NetworkLimit);
        try
        {
            return await round.ObserveAsync(network.Reference, network.Spec, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private NetworkHealth Blind(NetworkReference network, NetworkHealth? former, IReadOnlyList<Finding> given, DateTimeOffset now) => new()
    {
        Network = network,
        State = HealthState.Unknown,
        CheckedAt = now,
        Findings = [new Finding(FindingCodes.LookTimedOut, HealthState.Unknown, network.Network.Value, $"the look took longer than {options.NetworkLimit.TotalSeconds:0} s"), .. given],
        Nodes = [.. (former?.Nodes ?? []).Select(node => node with { State = HealthState.Unknown, Findings = [] })],
        Channels = [.. (former?.Channels ?? []).Select(channel => channel with { State = HealthState.Unknown, Findings = [] })],
        Trends = former?.Trends ?? [],
        LastBackup = former?.LastBackup,
    };

    private async Task<NetworkHealth> EndHealingAsync(NetworkHealth health, List<HealthEvent> events, CancellationToken cancellationToken)
    {
        if (health.Healing is not { } id)
        {
            return health;
        }

        var operation = (await records.GetAsync<OperationRecord>(RecordNames.Operation(health.Network.Tenant, id), cancellationToken))?.Record;
        if (operation is { EndedAt: null })
        {
            return health;
        }

        var how = operation?.Failure is { } failure ? $"failed: {failure.Message}" : "ended well";
        events.Add(new HealthEvent(health.CheckedAt, HealthEvent.HealingKind, health.Network.Network.Value, $"operation {id} {how}"));
        return health with { Healing = null };
    }

    private async Task<NetworkHealth> HealAsync(NetworkRecord network, NetworkObservation? seen, NetworkHealth health, List<HealthEvent> events, CancellationToken cancellationToken)
    {
        // Half-way through an upgrade the specification is behind: healing would take nodes back to the older version.
        if (seen is null || network.ActiveOperation is not null || network.NodeVersions.Count > 0 || network.State != NetworkState.Ready || !await MayHealAsync(network.Reference, cancellationToken))
        {
            return health;
        }

        var acts = new HealingPlan(seen, health, options.RestartAfter, health.CheckedAt).Decide();
        if (acts.Count == 0 || await healing.BeginAsync(network.Reference, acts, cancellationToken) is not { } operation)
        {
            return health;
        }

        events.AddRange(acts.Select(act => new HealthEvent(
            health.CheckedAt, HealthEvent.HealingKind, act.Subject, $"{act.Kind.ToString().ToLowerInvariant()} (operation {operation.Id}): {act.Reason}")));
        return health with { Healing = operation.Id, Operation = operation.Id, Tries = Tried(health.Tries, acts, health.CheckedAt) };
    }

    private static IReadOnlyList<HealingTry> Tried(IReadOnlyList<HealingTry> former, IReadOnlyList<HealingAct> acts, DateTimeOffset now)
    {
        var tries = former.ToDictionary(one => (one.Kind, one.Subject));
        foreach (var act in acts)
        {
            var before = tries.GetValueOrDefault((act.Kind, act.Subject));
            tries[(act.Kind, act.Subject)] = new HealingTry(act.Kind, act.Subject, (before?.Count ?? 0) + 1, now);
        }

        return [.. tries.Values];
    }

    private async Task<IReadOnlyList<Finding>> FailedRenewalAsync(NetworkRecord network, CancellationToken cancellationToken)
    {
        var last = network.LastRenewal is { } id ? await records.GetAsync<OperationRecord>(RecordNames.Operation(network.Reference.Tenant, id), cancellationToken) : null;
        return last is { Record: { State: OperationState.Failed, Failure: { } failure } operation }
            ? [new(FindingCodes.RenewalFailed, HealthState.Degraded, network.Reference.Network.Value, $"the last renewal of certificates has failed (operation {operation.Id}): {failure.Message}")]
            : [];
    }

    private async Task<bool> MayHealAsync(NetworkReference network, CancellationToken cancellationToken) =>
        (await records.GetAsync<HealthSettings>(RecordNames.HealthSettings(network), cancellationToken))?.Record.SelfHealing ?? options.SelfHealing;

    private async Task AppendAsync(NetworkReference network, List<HealthEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count > 0)
        {
            var name = RecordNames.HealthEvents(network);
            var former = (await records.GetAsync<HealthEvents>(name, cancellationToken))?.Record ?? new HealthEvents([]);
            await records.PutAsync(name, former.With(events), BlobCondition.None, cancellationToken);
        }
    }
}
