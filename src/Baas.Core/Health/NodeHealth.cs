using Baas.Core.Networks;

namespace Baas.Core.Health;

/// <summary>How one node is.</summary>
public sealed record NodeHealth
{
    /// <summary>Its organization.</summary>
    public required OrganizationName Organization { get; init; }

    /// <summary>Its name within the organization.</summary>
    public required NodeName Node { get; init; }

    /// <summary>What it does.</summary>
    public required NodeRole Role { get; init; }

    /// <summary>How it is: the worst of its findings.</summary>
    public required HealthState State { get; init; }

    /// <summary>Since when it is so.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether its pod is ready; null when the cluster could not be asked.</summary>
    public bool? IsReady { get; init; }

    /// <summary>How often its program was started again; null when that is not known.</summary>
    public int? Restarts { get; init; }

    /// <summary>The image that runs.</summary>
    public string? Image { get; init; }

    /// <summary>How full its volume is, in percent; null when the cluster does not tell.</summary>
    public int? VolumePercent { get; init; }

    /// <summary>Its channels.</summary>
    public IReadOnlyList<NodeChannel> Channels { get; init; } = [];

    /// <summary>In how many days the first of its certificates expires; negative when one has. Null when there is none on record.</summary>
    public int? CertificateDays { get; init; }

    /// <summary>The node's name with that of its organization, as people write it.</summary>
    internal string Name => $"{Node}.{Organization}";
}
