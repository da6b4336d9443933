using Baas.Core.Networks;

namespace Baas.Core.Health.Observations;

/// <summary>A channel as one node answered for it.</summary>
internal sealed record ChannelObservation
{
    /// <summary>The channel.</summary>
    public required ChannelName Channel { get; init; }

    /// <summary>Whether the node is a member; null when it could not be asked.</summary>
    public bool? IsMember { get; init; }

    /// <summary>How many blocks it has.</summary>
    public ulong? Height { get; init; }

    /// <summary>Of an orderer: whether it takes part in consensus and is not behind; null when it could not be asked.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Of an orderer: whether it has failed to catch up.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Of an orderer: whether it knows a leader; null when it does not tell.</summary>
    public bool? KnowsLeader { get; init; }

    /// <summary>Of an orderer: whether it leads; null when it does not tell.</summary>
    public bool? IsLeader { get; init; }

    /// <summary>Of an orderer: how often it has seen the leader change since it was started; null when it does not tell.</summary>
    public long? LeaderChanges { get; init; }

    /// <summary>Of a peer: how many transactions it has committed since it was started; null when it does not tell.</summary>
    public TransactionCounts? Transactions { get; init; }
}
