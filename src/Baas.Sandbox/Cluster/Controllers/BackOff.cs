namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>A delay that doubles with every failed attempt up to a cap.</summary>
/// <param name="First">The delay after the first failure.</param>
/// <param name="Cap">The longest delay.</param>
internal sealed record BackOff(TimeSpan First, TimeSpan Cap)
{
    /// <summary>The delay after so many failures in a row, counted from one.</summary>
    public TimeSpan After(int failures)
    {
        var factor = Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return TimeSpan.FromTicks((long)Math.Min(First.Ticks * factor, Cap.Ticks));
    }
}
