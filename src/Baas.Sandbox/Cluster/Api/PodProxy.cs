using System.Globalization;
using System.Net.Sockets;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Hands GET requests on to pods: <c>…/pods/NAME:PORT/proxy/PATH</c>, plain HTTP only.</summary>
internal sealed class PodProxy(ObjectStore store)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90) })
    {
        Timeout = Limit,
    };

    /// <summary>Answers a request to a pod; false when the path leads to none.</summary>
    /// <exception cref="StatusException">404: there is no such pod; 503: it does not answer.</exception>
    public async Task<bool> TryAnswerAsync(HttpContext http, string[] path)
    {
        if (path is not ["api", "v1", "namespaces", var space, "pods", var target, "proxy", .. var rest] || !HttpMethods.IsGet(http.Request.Method))
        {
            return false;
        }

        var parts = target.Split(':');
        var key = new ObjectKey(ClusterKinds.Pods, space, parts[0]);
        var pod = store.Get(key) ?? throw Failures.NotFound(key);
        var port = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Failures.BadRequest($"the address \"{target}\" names no port of the pod");
        var address = pod.Text("status", "podIP") ?? throw Unavailable("the pod has no address");
        try
        {
            using var answer = await Client.GetAsync(new UriBuilder(Uri.UriSchemeHttp, address, port, string.Join('/', rest)).Uri, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await http.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync(http.RequestAborted), http.RequestAborted);
            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            throw Unavailable(failure.Message);
        }
        catch (TaskCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw Unavailable("the pod does not answer in time");
        }
    }

    private static StatusException Unavailable(string why) => new(503, "ServiceUnavailable", $"error trying to reach service: {why}");
}
