namespace Baas.Core.Fabric.Transport;

/// <summary>The outcome of a gRPC call, numbered as on the wire.</summary>
public enum GrpcStatus
{
    /// <summary>It worked.</summary>
    Ok = 0,

    /// <summary>The caller or the server gave up.</summary>
    Cancelled = 1,

    /// <summary>The server says no more than that it failed; Fabric's nodes use it for most refusals.</summary>
    Unknown = 2,

    /// <summary>The request makes no sense.</summary>
    InvalidArgument = 3,

    /// <summary>No answer in time.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there.</summary>
    NotFound = 5,

    /// <summary>What was to be made is there.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A limit was met: of messages in flight or of a message's size.</summary>
    ResourceExhausted = 8,

    /// <summary>The node is in the wrong state for this.</summary>
    FailedPrecondition = 9,

    /// <summary>The call was given up halfway; the gateway uses it when endorsers refuse.</summary>
    Aborted = 10,

    /// <summary>Past the end.</summary>
    OutOfRange = 11,

    /// <summary>The node has no such method.</summary>
    Unimplemented = 12,

    /// <summary>The node, or something before it, broke the protocol.</summary>
    Internal = 13,

    /// <summary>Not now.</summary>
    Unavailable = 14,

    /// <summary>Data was lost.</summary>
    DataLoss = 15,

    /// <summary>The caller did not say who it is.</summary>
    Unauthenticated = 16,
}
