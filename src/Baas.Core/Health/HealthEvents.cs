namespace Baas.Core.Health;

/// <summary>A network's events, newest first, bounded.</summary>
/// <param name="Items">The events.</param>
public sealed record HealthEvents(IReadOnlyList<HealthEvent> Items)
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 500;

    /// <summary>The same with more events before them.</summary>
    /// <param name="happened">The new ones, oldest first.</param>
    public HealthEvents With(IEnumerable<HealthEvent> happened) => new([.. happened.Reverse().Concat(Items).Take(Kept)]);
}
