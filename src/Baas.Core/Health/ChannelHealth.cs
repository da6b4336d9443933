using Baas.Core.Networks;

namespace Baas.Core.Health;

/// <summary>How one channel is.</summary>
public sealed record ChannelHealth
{
    /// <summary>The channel.</summary>
    public required ChannelName Channel { get; init; }

    /// <summary>How it is.</summary>
    public required HealthState State { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The height of its highest node; null when none could be asked.</summary>
    public ulong? Height { get; init; }

    /// <summary>The orderer that leads it, such as <c>orderer-1.orderer</c>; null when none says so.</summary>
    public string? Leader { get; init; }

    /// <summary>How many orderers it has.</summary>
    public required int Orderers { get; init; }

    /// <summary>How many of them take part.</summary>
    public required int ActiveOrderers { get; init; }

    /// <summary>How many have to.</summary>
    public required int Quorum { get; init; }
}
