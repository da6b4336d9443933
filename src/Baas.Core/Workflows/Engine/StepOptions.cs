namespace Baas.Core.Workflows.Engine;

/// <summary>How a step is tried again; only failures that say <see cref="BaasException.IsTransient"/> are.</summary>
/// <param name="Attempts">How often in all, at least 1.</param>
/// <param name="First">The delay before the second attempt.</param>
/// <param name="Factor">By what each further delay grows.</param>
/// <param name="Cap">The longest delay.</param>
/// <param name="Timeout">How long one attempt may take; past it the attempt is cancelled and counts as a transient failure.</param>
public sealed record StepOptions(int Attempts, TimeSpan First, double Factor, TimeSpan Cap, TimeSpan Timeout)
{
    /// <summary>For pure work on own storage: 4 attempts within about a second, each at most 30 s.</summary>
    public static StepOptions Local { get; } = new(4, TimeSpan.FromMilliseconds(50), 3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>For a cluster or a node: tries for about ten minutes, each attempt at most a minute.</summary>
    public static StepOptions Remote { get; } = new(40, TimeSpan.FromMilliseconds(200), 1.7, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1));

    /// <summary>For undoing: tries for about two minutes, so that what cannot be undone is reported soon.</summary>
    public static StepOptions Undo { get; } = new(12, TimeSpan.FromMilliseconds(200), 1.7, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1));

    /// <summary>The delay after the given number of failed attempts.</summary>
    /// <param name="failures">How many attempts have failed, at least 1.</param>
    public TimeSpan DelayAfter(int failures) =>
        TimeSpan.FromTicks((long)Math.Min(Cap.Ticks, First.Ticks * Math.Pow(Factor, failures - 1)));
}
