namespace Baas.Core.Health.Alerts;

/// <summary>An alert of one network.</summary>
public sealed record Alert
{
    /// <summary>Its rule, named like the finding.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>How soon somebody should look.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Where it stands.</summary>
    public required AlertState State { get; init; }

    /// <summary>Since when the condition holds.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Since when it fires; null while it is pending.</summary>
    public DateTimeOffset? FiringSince { get; init; }

    /// <summary>What was last seen.</summary>
    public required string Detail { get; init; }
}
