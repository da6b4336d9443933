namespace Baas.EndToEnd.Tests.Health;

/// <summary>The system's clock, ahead by a given time.</summary>
internal sealed class ShiftedClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
