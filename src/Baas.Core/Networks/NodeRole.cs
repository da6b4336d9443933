namespace Baas.Core.Networks;

/// <summary>What a node does.</summary>
public enum NodeRole
{
    /// <summary>Orders transactions.</summary>
    Orderer,

    /// <summary>Endorses and commits transactions.</summary>
    Peer,

    /// <summary>Runs a chaincode as a service.</summary>
    Chaincode,

    /// <summary>Keeps one peer's world state (CouchDB).</summary>
    StateDatabase,
}
