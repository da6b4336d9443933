namespace Baas.Core.Health;

/// <summary>What health needs to know of a network's backups.</summary>
/// <param name="LastGood">When the last good backup was finished; null when there is none.</param>
/// <param name="Every">How often one is due, the longest pause of its schedule; null when no schedule is set.</param>
/// <param name="ScheduledSince">Since when the schedule is set: from then on the first one is due.</param>
/// <param name="NotCopied">When the oldest good backup was finished that should have been copied to the second store by now; null when there is none.</param>
public sealed record BackupFacts(DateTimeOffset? LastGood, TimeSpan? Every, DateTimeOffset? ScheduledSince, DateTimeOffset? NotCopied = null);
