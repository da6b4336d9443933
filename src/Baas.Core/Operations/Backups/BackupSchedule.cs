using Baas.Core.Networks;

namespace Baas.Core.Operations.Backups;

/// <summary>When a network is backed up by itself, and how long backups are kept.</summary>
/// <param name="Schedule">When, in UTC: five fields as in cron. Null: only on request.</param>
/// <param name="Keep">How long backups are kept; null: until they are deleted.</param>
/// <param name="Next">When the next one begins; null when none is planned.</param>
public sealed record BackupSchedule(string? Schedule, BackupKeepSpec? Keep, DateTimeOffset? Next);
