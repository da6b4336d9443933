using Baas.Core.Networks;

namespace Baas.Core.Health;

/// <summary>What one look at a channel leaves for the next: counters of nodes, of which only the growth says something.</summary>
public sealed record ChannelTrend
{
    /// <summary>The channel.</summary>
    public required ChannelName Channel { get; init; }

    /// <summary>The orderer that led when one was last known.</summary>
    public string? Leader { get; init; }

    /// <summary>How often each orderer has seen the leader change since it was started.</summary>
    public IReadOnlyDictionary<string, long> LeaderChanges { get; init; } = new Dictionary<string, long>();

    /// <summary>When changes of the leader were noticed, the oldest first; those of the last quarter of an hour.</summary>
    public IReadOnlyList<DateTimeOffset> Elections { get; init; } = [];

    /// <summary>How many transactions each peer has committed since it was started.</summary>
    public IReadOnlyDictionary<string, TransactionCounts> Transactions { get; init; } = new Dictionary<string, TransactionCounts>();
}
