namespace Baas.Core.Operations.Upgrades;

/// <summary>How upgrades go about it. Read from the settings' section <c>upgrades</c>.</summary>
public sealed record UpgradeOptions
{
    /// <summary>How long a node may take until its new version answers; then it is taken back. The default is 15 minutes: images and volumes take their time.</summary>
    public TimeSpan NodeLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How old the last backup may be. The default is a day.</summary>
    public TimeSpan BackupAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How old the last look at the network's health may be. The default is 5 minutes.</summary>
    public TimeSpan HealthAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How full a node's volume may be, in percent. The default is 90: a node writes while it starts, and one that runs out of room can damage its ledger.</summary>
    public int VolumeLimit { get; init; } = 90;
}
