namespace Baas.Core.Networks;

/// <summary>When a network is backed up by itself, and how long backups are kept.</summary>
public sealed record BackupSpec
{
    /// <summary>When, in UTC: five fields as in cron, such as <c>0 3 * * *</c>. Null: only on request, which is the default.</summary>
    public string? Schedule { get; init; }

    /// <summary>How long backups are kept.</summary>
    public BackupKeepSpec Keep { get; init; } = new();
}
