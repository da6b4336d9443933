using System.Security.Authentication;
using System.Security.Cryptography;

namespace Baas.Core.Fabric.Transport;

/// <summary>Turns what HttpClient throws into the failures that callers know.</summary>
internal static class TransportFailures
{
    // RFC 9113, section 7.
    private const long RefusedStream = 7;
    private const long Cancel = 8;
    private const long EnhanceYourCalm = 11;

    /// <summary>Whether this is one of HttpClient's ways to fail.</summary>
    public static bool IsOne(Exception failure) => failure is HttpRequestException or IOException or InvalidDataException;

    /// <summary>Whether the wait for the connection was too long, which HttpClient reports as a cancellation.</summary>
    private static bool IsConnectTimeout(OperationCanceledException failure) => failure.InnerException is TimeoutException;

    /// <summary>The failure of a gRPC call that was given up without the caller's wish.</summary>
    public static BaasException OfTimeout(string node, string method, OperationCanceledException failure) => IsConnectTimeout(failure)
        ? new NodeUnreachableException(node, "it does not answer", failure)
        : GrpcException.Of(node, method, GrpcStatus.DeadlineExceeded, "no answer in time", failure);

    /// <summary>The failure of a gRPC call.</summary>
    public static BaasException OfCall(string node, string method, Exception failure) => failure switch
    {
        InvalidDataException => GrpcException.Of(node, method, failure.Message.Contains("larger than max", StringComparison.Ordinal) ? GrpcStatus.ResourceExhausted : GrpcStatus.Internal, failure.Message, failure),
        _ when OfConnection(node, failure) is { } connection => connection,
        _ when Find<HttpProtocolException>(failure) is { } reset => GrpcException.Of(node, method, StatusOf(reset.ErrorCode), reset.Message, failure),
        _ => GrpcException.Of(node, method, GrpcStatus.Unavailable, Innermost(failure).Message, failure),
    };

    /// <summary>The failure of an HTTP request.</summary>
    public static BaasException OfRequest(string node, Exception failure) =>
        OfConnection(node, failure) ?? new NodeUnreachableException(node, Innermost(failure).Message, failure);

    private static BaasException? OfConnection(string node, Exception failure)
    {
        if (Find<AuthenticationException>(failure) is { } handshake)
        {
            return new NodeUntrustedException(node, Innermost(handshake).Message, failure);
        }

        // With TLS 1.3 a node refuses the client's certificate after the handshake, with an alert instead of the first answer.
        if (Find<CryptographicException>(failure) is { } alert && alert.Message.Contains("alert", StringComparison.OrdinalIgnoreCase))
        {
            return new NodeUntrustedException(node, $"it refuses the client: {alert.Message}", failure);
        }

        return failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError }
            ? new NodeUnreachableException(node, Innermost(failure).Message, failure)
            : null;
    }

    private static GrpcStatus StatusOf(long reset) => reset switch
    {
        RefusedStream => GrpcStatus.Unavailable,
        Cancel => GrpcStatus.Cancelled,
        EnhanceYourCalm => GrpcStatus.ResourceExhausted,
        _ => GrpcStatus.Internal,
    };

    private static TFailure? Find<TFailure>(Exception? failure)
        where TFailure : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is TFailure found)
            {
                return found;
            }
        }

        return null;
    }

    private static Exception Innermost(Exception failure) => failure.GetBaseException();
}
