using Baas.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Baas.Sandbox.Emulation.Transport;

/// <summary>Finds the handler of a gRPC call by its path and turns its end into trailers.</summary>
/// <param name="methods">Handlers by path, <c>/package.Service/Method</c>.</param>
/// <param name="log">Where defects of handlers are told.</param>
internal sealed class GrpcService(IReadOnlyDictionary<string, Func<GrpcExchange, Task>> methods, Action<string> log)
{
    /// <summary>Serves one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        http.Response.ContentType = "application/grpc";
        var (status, detail, more) = await RunAsync(http);
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var trailers = http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        trailers["grpc-status"] = ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        trailers["grpc-message"] = Uri.EscapeDataString(detail).Replace("%20", " ", StringComparison.Ordinal);
        if (more.Length > 0)
        {
            trailers["grpc-status-details-bin"] = Convert.ToBase64String(more).TrimEnd('=');
        }
    }

    private async Task<(GrpcStatusCode Status, string Detail, byte[] More)> RunAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? string.Empty;
        if (!methods.TryGetValue(path, out var handle))
        {
            return (GrpcStatusCode.Unimplemented, $"emulated node: method {path} is not emulated", []);
        }

        try
        {
            await handle(new GrpcExchange(http));
            return (GrpcStatusCode.Ok, string.Empty, []);
        }
        catch (GrpcFailure failure)
        {
            return (failure.Status, failure.Message, failure.StatusDetails);
        }
        catch (BaasException failure)
        {
            return (GrpcStatusCode.Unknown, failure.Message, []);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ConnectionResetException or IOException)
        {
            return (GrpcStatusCode.Unavailable, "the node or its client is going away", []);
        }
        catch (Exception failure) // the border of a program: a defect ends the call, not the node
        {
            log($"panic serving {path}: {failure}");
            return (GrpcStatusCode.Internal, $"emulated node: {failure.GetType().Name}", []);
        }
    }
}
