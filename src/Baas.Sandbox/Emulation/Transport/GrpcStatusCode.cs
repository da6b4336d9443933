namespace Baas.Sandbox.Emulation.Transport;

/// <summary>How a gRPC call ends; the numbers are gRPC's.</summary>
internal enum GrpcStatusCode
{
    /// <summary>Well.</summary>
    Ok = 0,

    /// <summary>What an error of a Go handler without a status becomes.</summary>
    Unknown = 2,

    /// <summary>The request makes no sense.</summary>
    InvalidArgument = 3,

    /// <summary>What was asked for is not there.</summary>
    NotFound = 5,

    /// <summary>The caller may not.</summary>
    PermissionDenied = 7,

    /// <summary>A message is too large.</summary>
    ResourceExhausted = 8,

    /// <summary>The state does not allow it.</summary>
    FailedPrecondition = 9,

    /// <summary>Something else got in between.</summary>
    Aborted = 10,

    /// <summary>The method does not exist here.</summary>
    Unimplemented = 12,

    /// <summary>The handler is broken.</summary>
    Internal = 13,

    /// <summary>Not now.</summary>
    Unavailable = 14,
}
