namespace Baas.Core.Networks;

/// <summary>How orderers agree on the order of transactions.</summary>
public enum Consensus
{
    /// <summary>Crash fault tolerant (etcdraft).</summary>
    Raft,

    /// <summary>Byzantine fault tolerant (SmartBFT); Fabric 3 and later, 3f+1 nodes.</summary>
    Bft,
}
