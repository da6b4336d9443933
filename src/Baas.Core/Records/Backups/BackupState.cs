namespace Baas.Core.Records.Backups;

/// <summary>Where a backup stands.</summary>
public enum BackupState
{
    /// <summary>Being taken.</summary>
    Running,

    /// <summary>Whole; it can be restored.</summary>
    Complete,

    /// <summary>Not whole; what it has sent is used by the next one.</summary>
    Failed,

    /// <summary>A part of it is missing or damaged, as the last check has found.</summary>
    Damaged,
}
