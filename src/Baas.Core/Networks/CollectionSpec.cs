namespace Baas.Core.Networks;

/// <summary>A private data collection of a chaincode.</summary>
public sealed record CollectionSpec
{
    /// <summary>The collection's name.</summary>
    public required CollectionName Name { get; init; }

    /// <summary>The members as a signature policy, such as <c>OR('Org1MSP.member', 'Org2MSP.member')</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>To how many other peers the data has to go before an endorsement succeeds. The default is 0.</summary>
    public int RequiredPeerCount { get; init; }

    /// <summary>To how many other peers it is sent at most. The default is 1.</summary>
    public int MaxPeerCount { get; init; } = 1;

    /// <summary>After how many blocks the data is purged; 0, the default, keeps it.</summary>
    public long BlockToLive { get; init; }

    /// <summary>Whether only members may read. The default is yes.</summary>
    public bool MemberOnlyRead { get; init; } = true;

    /// <summary>Whether only members may write. The default is yes.</summary>
    public bool MemberOnlyWrite { get; init; } = true;

    /// <summary>An endorsement policy for the collection's keys; the chaincode's when absent.</summary>
    public string? EndorsementPolicy { get; init; }
}
