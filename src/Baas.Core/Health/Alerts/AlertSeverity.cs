namespace Baas.Core.Health.Alerts;

/// <summary>How soon somebody should look.</summary>
public enum AlertSeverity
{
    /// <summary>In the next days.</summary>
    Warning,

    /// <summary>Now.</summary>
    Critical,
}
