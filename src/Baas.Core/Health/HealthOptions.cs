namespace Baas.Core.Health;

/// <summary>How networks are watched. Section <c>health</c> of the settings.</summary>
public sealed class HealthOptions
{
    /// <summary>Whether networks are watched at all. The default is yes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many networks are looked at at the same time. The default is 16.</summary>
    public int Parallel { get; set; } = 16;

    /// <summary>How long the look at one network may take. The default is 20 seconds.</summary>
    public TimeSpan NetworkLimit { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one call of a node may take. The default is 5 seconds.</summary>
    public TimeSpan CallLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a cluster may take to list what Baas has there. The default is 15 seconds.</summary>
    public TimeSpan ClusterLimit { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a node has to be down before its pod is replaced. The default is 2 minutes.</summary>
    public TimeSpan RestartAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether networks are healed that do not say otherwise. The default is yes.</summary>
    public bool SelfHealing { get; set; } = true;
}
