using Baas.Core.Networks;

namespace Baas.Functions.Http.Backups;

/// <summary>When a network shall be backed up, and how long backups are kept.</summary>
/// <param name="Schedule">When, in UTC and as in cron; none for on request only.</param>
/// <param name="Keep">How long backups are kept; none for until they are deleted where there is no schedule, else the defaults.</param>
public sealed record BackupScheduleBody(string? Schedule = null, BackupKeepSpec? Keep = null)
{
    /// <summary>The same for the use case.</summary>
    internal BackupSpec? Read() => Schedule is null && Keep is null ? null : new BackupSpec { Schedule = Schedule, Keep = Keep ?? new BackupKeepSpec() };
}
