namespace Baas.Core.Records;

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>Makes a network.</summary>
    CreateNetwork,

    /// <summary>Deletes a network.</summary>
    DeleteNetwork,

    /// <summary>Takes a backup of a network.</summary>
    BackupNetwork,

    /// <summary>Reads a backup back and checks it.</summary>
    VerifyBackup,

    /// <summary>Puts a network back from a backup, or some of its nodes.</summary>
    RestoreNetwork,

    /// <summary>Heals what a look at the network has found.</summary>
    HealNetwork,

    /// <summary>Moves a network to another version of Fabric, node by node.</summary>
    UpgradeNetwork,

    /// <summary>Renews certificates of a network, node by node.</summary>
    RenewCertificates,

    /// <summary>Sets when a network is backed up and how long backups are kept. It has ended when it is on record.</summary>
    SetBackupSchedule,
}
