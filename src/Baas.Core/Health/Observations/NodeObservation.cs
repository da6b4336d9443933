using Baas.Core.Networks;

namespace Baas.Core.Health.Observations;

/// <summary>All that was seen of one node.</summary>
internal sealed record NodeObservation
{
    /// <summary>The node; of a state database its peer.</summary>
    public required NodeReference Node { get; init; }

    /// <summary>What it does.</summary>
    public required NodeRole Role { get; init; }

    /// <summary>Why its cluster could not be asked; null when it could.</summary>
    public string? ClusterFailure { get; init; }

    /// <summary>Its pod; null when there is none, or when the cluster could not be asked.</summary>
    public PodObservation? Pod { get; init; }

    /// <summary>Why the cluster has no pod; null when it says nothing.</summary>
    public string? PodMissingDetail { get; init; }

    /// <summary>Why the node itself could not be reached; null when it could, or is not asked.</summary>
    public string? CallFailure { get; init; }

    /// <summary>What the node itself refused; null when nothing.</summary>
    public string? Refusal { get; init; }

    /// <summary>The version of Fabric that it says it has; null when it does not tell.</summary>
    public string? Version { get; init; }

    /// <summary>The channels of which it has to be a member.</summary>
    public IReadOnlyList<ChannelObservation> Channels { get; init; } = [];

    /// <summary>Its volume; null when the cluster does not tell.</summary>
    public VolumeObservation? Volume { get; init; }

    /// <summary>Its certificates.</summary>
    public IReadOnlyList<CertificateObservation> Certificates { get; init; } = [];
}
