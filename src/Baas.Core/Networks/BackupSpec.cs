namespace Baas.Core.Networks;

/// <summary>When a network is backed up by itself, and how long backups are kept.</summary>
public sealed record BackupSpec
{
    /// <summary>When, in UTC: five fields as in cron, such as <c>0 3 * * *</c>. Null: only on request, which is the default.</summary>
    public string? Schedule { get; init; }

    /// <summary>How many of the newest are kept, whatever their age. The default is 7.</summary>
    public int KeepCount { get; init; } = 7;

    /// <summary>How many days each is kept at least. The default is 0: the number alone decides.</summary>
    public int KeepDays { get; init; }
}
