using Baas.Core.Health.Alerts;
using Baas.Core.Health.Healing;
using Baas.Core.Networks;

namespace Baas.Core.Health;

/// <summary>How a network is. Kept on record from one sweep to the next.</summary>
public sealed record NetworkHealth
{
    /// <summary>Which network.</summary>
    public required NetworkReference Network { get; init; }

    /// <summary>How it is.</summary>
    public required HealthState State { get; init; }

    /// <summary>Since when it is so.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When it was last looked at.</summary>
    public DateTimeOffset CheckedAt { get; init; }

    /// <summary>What is wrong with the network as a whole; nodes and channels have their own.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Its nodes.</summary>
    public required IReadOnlyList<NodeHealth> Nodes { get; init; }

    /// <summary>Its channels.</summary>
    public required IReadOnlyList<ChannelHealth> Channels { get; init; }

    /// <summary>What is kept for the next look.</summary>
    public IReadOnlyList<ChannelTrend> Trends { get; init; } = [];

    /// <summary>When its last good backup was made; null when there is none.</summary>
    public DateTimeOffset? LastBackup { get; init; }

    /// <summary>The operation that holds the network meanwhile: nothing is healed then, and alerts that it explains wait.</summary>
    public OperationId? Operation { get; init; }

    /// <summary>Its alerts, those included that wait for their time.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    /// <summary>What was healed before, so that it is not tried too often.</summary>
    public IReadOnlyList<HealingTry> Tries { get; init; } = [];

    /// <summary>The healing that was begun last, until it is seen how it ended.</summary>
    public OperationId? Healing { get; init; }

    /// <summary>All findings: of the network, its channels and its nodes.</summary>
    internal IEnumerable<Finding> AllFindings => Findings.Concat(Channels.SelectMany(channel => channel.Findings)).Concat(Nodes.SelectMany(node => node.Findings));
}
