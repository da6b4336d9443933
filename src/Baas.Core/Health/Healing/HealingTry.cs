namespace Baas.Core.Health.Healing;

/// <summary>What was tried before for one subject, so that the next try waits longer.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Subject">On what.</param>
/// <param name="Count">How often since it was last healthy.</param>
/// <param name="LastAt">When last.</param>
public sealed record HealingTry(HealingKind Kind, string Subject, int Count, DateTimeOffset LastAt)
{
    // A subject that stays well for this long begins anew.
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)];

    /// <summary>Whether the next try is due.</summary>
    public bool IsDue(DateTimeOffset now) => now - LastAt >= Pauses[Math.Min(Count, Pauses.Length) - 1];

    /// <summary>Whether it need not be remembered any longer.</summary>
    public bool IsOver(DateTimeOffset now) => now - LastAt >= Forgotten + Pauses[^1];
}
