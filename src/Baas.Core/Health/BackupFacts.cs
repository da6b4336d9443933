namespace Baas.Core.Health;

/// <summary>What health needs to know of a network's backups; whoever makes backups writes it. Absent: there was never one, and none is due.</summary>
/// <param name="LastGood">When the last good backup was finished; null when there is none.</param>
/// <param name="Every">How often one is due; null when no schedule is set.</param>
/// <param name="ScheduledSince">Since when the schedule is set: from then on the first one is due.</param>
public sealed record BackupFacts(DateTimeOffset? LastGood, TimeSpan? Every, DateTimeOffset? ScheduledSince);
