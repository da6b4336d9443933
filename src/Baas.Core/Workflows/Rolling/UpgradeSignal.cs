namespace Baas.Core.Workflows.Rolling;

/// <summary>What an upgrade is told while it runs.</summary>
/// <param name="IsPause">Whether it is to stand still before the next node; otherwise it is to go on.</param>
public sealed record UpgradeSignal(bool IsPause)
{
    /// <summary>The name of the event.</summary>
    public const string Event = "upgrade-signal";
}
