using System.Net;

namespace Baas.Core.Fabric.Transport;

/// <summary>The request of a call, whether it streams or not.</summary>
internal static class GrpcRequest
{
    /// <summary>Makes it.</summary>
    /// <param name="address">The method's address.</param>
    /// <param name="content">The messages.</param>
    /// <param name="deadline">How long the whole call may take; the node is told, unless it is <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    public static HttpRequestMessage Of(Uri address, HttpContent content, TimeSpan deadline)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (deadline != Timeout.InfiniteTimeSpan)
        {
            request.Headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Of(deadline));
        }

        return request;
    }
}
