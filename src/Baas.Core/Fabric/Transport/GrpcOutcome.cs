using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Baas.Core.Fabric.Transport;

/// <summary>How a call ended, as its trailers say.</summary>
/// <param name="Status">The status.</param>
/// <param name="Detail">What the node says.</param>
/// <param name="StatusDetails">The node's <c>google.rpc.Status</c>, or nothing.</param>
internal sealed record GrpcOutcome(GrpcStatus Status, string Detail, ByteString StatusDetails)
{
    /// <summary>The outcome of a call that ends without telling one.</summary>
    public static GrpcOutcome Missing { get; } = new(GrpcStatus.Internal, "the answer has no status", ByteString.Empty);

    /// <summary>Reads the outcome from headers or trailers; null when they do not hold it.</summary>
    public static GrpcOutcome? In(HttpHeaders headers)
    {
        if (!headers.TryGetValues("grpc-status", out var values))
        {
            return null;
        }

        var known = int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((GrpcStatus)number);
        var detail = headers.TryGetValues("grpc-message", out var messages) ? Uri.UnescapeDataString(messages.First()) : string.Empty;
        return new GrpcOutcome(known ? (GrpcStatus)number : GrpcStatus.Unknown, detail, DetailsIn(headers));
    }

    /// <summary>What an answer that is not gRPC means (gRPC's http-grpc-status-mapping).</summary>
    public static GrpcOutcome Of(HttpStatusCode code, string? contentType) => new(
        code switch
        {
            HttpStatusCode.BadRequest => GrpcStatus.Internal,
            HttpStatusCode.Unauthorized => GrpcStatus.Unauthenticated,
            HttpStatusCode.Forbidden => GrpcStatus.PermissionDenied,
            HttpStatusCode.NotFound => GrpcStatus.Unimplemented,
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => GrpcStatus.Unavailable,
            _ => GrpcStatus.Unknown,
        },
        $"the answer is no gRPC: HTTP {(int)code}, content type {contentType ?? "none"}",
        ByteString.Empty);

    /// <summary>What an answer says before its messages, when it has none: it is no gRPC, or a call that failed at once; null when messages follow.</summary>
    public static GrpcOutcome? BeforeMessages(HttpResponseMessage answer)
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (answer.StatusCode != HttpStatusCode.OK || type?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            return Of(answer.StatusCode, type);
        }

        return In(answer.Headers) is { Status: not GrpcStatus.Ok } failed ? failed : null;
    }

    /// <summary>Throws when the call has failed.</summary>
    /// <param name="node">The node, for people.</param>
    /// <param name="method">The method's path.</param>
    /// <exception cref="GrpcException">It has.</exception>
    public void ThrowUnlessOk(string node, string method)
    {
        if (Status != GrpcStatus.Ok)
        {
            throw new GrpcException(node, method, Status, Detail) { IsTransient = GrpcException.MayPass(Status, Detail), StatusDetails = StatusDetails };
        }
    }

    private static ByteString DetailsIn(HttpHeaders headers)
    {
        if (!headers.TryGetValues("grpc-status-details-bin", out var values))
        {
            return ByteString.Empty;
        }

        // gRPC leaves out the padding.
        var text = values.First();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var written)
            ? ByteString.CopyFrom(bytes, 0, written)
            : ByteString.Empty;
    }
}
