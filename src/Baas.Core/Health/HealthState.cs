namespace Baas.Core.Health;

/// <summary>How something is, from the best to the worst.</summary>
public enum HealthState
{
    /// <summary>As it should be.</summary>
    Healthy,

    /// <summary>It could not be asked. Never means that it is away.</summary>
    Unknown,

    /// <summary>It works, but not as it should, or not for much longer.</summary>
    Degraded,

    /// <summary>It does not work.</summary>
    Down,
}
