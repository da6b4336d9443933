using Baas.Core.Networks;

namespace Baas.Core.Health.Observations;

/// <summary>All that was seen of one network, unjudged.</summary>
internal sealed record NetworkObservation
{
    /// <summary>Which network.</summary>
    public required NetworkReference Network { get; init; }

    /// <summary>What it should be.</summary>
    public required NetworkSpec Spec { get; init; }

    /// <summary>Its nodes.</summary>
    public required IReadOnlyList<NodeObservation> Nodes { get; init; }

    /// <summary>Clusters that could not be asked, with the reason.</summary>
    public IReadOnlyDictionary<string, string> ClusterFailures { get; init; } = new Dictionary<string, string>();

    /// <summary>Objects that are not as they should be.</summary>
    public IReadOnlyList<ObjectObservation> Objects { get; init; } = [];

    /// <summary>The certificates of its organizations: authorities and users.</summary>
    public IReadOnlyList<CertificateObservation> Certificates { get; init; } = [];

    /// <summary>What is missing of its records, so that something could not be compared; one line each.</summary>
    public IReadOnlyList<string> Incomplete { get; init; } = [];
}
