namespace Baas.Core.Health;

/// <summary>Something that has changed.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Kind"><c>state</c>, <c>alert</c> or <c>healing</c>.</param>
/// <param name="Subject">What has changed: the network's name, a node, an alert's subject.</param>
/// <param name="Message">What happened, one line.</param>
public sealed record HealthEvent(DateTimeOffset At, string Kind, string Subject, string Message)
{
    /// <summary>A change of state.</summary>
    public const string StateKind = "state";

    /// <summary>An alert that fires or is resolved.</summary>
    public const string AlertKind = "alert";

    /// <summary>An act of healing.</summary>
    public const string HealingKind = "healing";
}
