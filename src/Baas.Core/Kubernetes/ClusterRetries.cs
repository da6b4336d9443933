namespace Baas.Core.Kubernetes;

/// <summary>How often the client itself tries again before the step that called it does.</summary>
internal sealed record ClusterRetries
{
    /// <summary>How often in all. The default is 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The delay before the second attempt; it doubles. The default is 200 ms.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay, also when the server asks for a longer one. The default is 5 s.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one attempt may take. The default is 15 s, so that a step's minute holds more than one.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a watch stays open before the server ends it. The default is 5 minutes.</summary>
    public TimeSpan WatchLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The delay after the given number of failed attempts.</summary>
    /// <param name="failures">At least 1.</param>
    /// <param name="asked">What the server asked for.</param>
    public TimeSpan DelayAfter(int failures, TimeSpan? asked)
    {
        var own = TimeSpan.FromTicks(First.Ticks << Math.Min(failures - 1, 20));
        var wanted = asked > own ? asked.Value : own;
        return wanted < Cap ? wanted : Cap;
    }
}
