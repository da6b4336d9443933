namespace Baas.Sandbox.Pods;

/// <summary>The programs that the sandbox knows.</summary>
internal enum ImageKind
{
    /// <summary>None of them.</summary>
    Unknown,

    /// <summary>Fabric's orderer.</summary>
    Orderer,

    /// <summary>Fabric's peer.</summary>
    Peer,

    /// <summary>A chaincode that runs as a server.</summary>
    Chaincode,

    /// <summary>A peer's state database.</summary>
    CouchDb,
}
