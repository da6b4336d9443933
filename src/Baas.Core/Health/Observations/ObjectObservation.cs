using Baas.Core.Networks;

namespace Baas.Core.Health.Observations;

/// <summary>An object of the cluster that is not as the specification asks.</summary>
internal sealed record ObjectObservation
{
    /// <summary>Its name, such as <c>Service acme-net-org1/peer-1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whose it is.</summary>
    public required OrganizationName Organization { get; init; }

    /// <summary>The node that it belongs to; null for what the organization has once.</summary>
    public NodeName? Node { get; init; }

    /// <summary>One of <see cref="FindingCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What differs.</summary>
    public required string Detail { get; init; }

    /// <summary>Whether putting it right starts the node's pod again.</summary>
    public bool RestartsPod { get; init; }
}
