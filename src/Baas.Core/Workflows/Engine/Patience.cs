namespace Baas.Core.Workflows.Engine;

/// <summary>How long a workflow waits for a condition, and how often it looks.</summary>
/// <param name="Limit">The deadline, counted from the first look.</param>
/// <param name="First">The shortest wait between two looks.</param>
/// <param name="Cap">The longest wait between two looks.</param>
public sealed record Patience(TimeSpan Limit, TimeSpan First, TimeSpan Cap)
{
    /// <summary>For pods: volumes may take minutes to bind and images to come. 15 minutes.</summary>
    public static Patience ForPods { get; } = new(TimeSpan.FromMinutes(15), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2));

    /// <summary>For addresses of load balancers. 10 minutes.</summary>
    public static Patience ForAddresses { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2));

    /// <summary>For leaders, heights and approvals. 5 minutes.</summary>
    public static Patience ForLedgers { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1));

    /// <summary>For the peers of organizations to hear of each other's chaincodes. 90 seconds.</summary>
    public static Patience ForEndorsements { get; } = new(TimeSpan.FromSeconds(90), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));

    /// <summary>For things to be gone. 10 minutes.</summary>
    public static Patience ForRemoval { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2));

    // What is seen late is seen late by this part of the time that it took, and the number of looks still grows slowly.
    private const int Share = 4;

    /// <summary>The wait before the next look: a quarter of the time that was waited, within <see cref="First"/> and <see cref="Cap"/>.</summary>
    /// <param name="waited">The time since the first look.</param>
    public TimeSpan WaitAfter(TimeSpan waited) => TimeSpan.FromTicks(Math.Clamp(waited.Ticks / Share, First.Ticks, Cap.Ticks));
}
