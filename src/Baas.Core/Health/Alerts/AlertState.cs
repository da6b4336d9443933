namespace Baas.Core.Health.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertState
{
    /// <summary>Seen, but not for long enough yet.</summary>
    Pending,

    /// <summary>Told.</summary>
    Firing,

    /// <summary>Over; told once.</summary>
    Resolved,
}
