using Baas.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Baas.FunctionsHost;

/// <summary>The host's HTTP trigger: it invokes the function, and proxies the request and its answer to and from the worker, as the real one does.</summary>
internal sealed class HttpFront(WorkerChannel worker) : IDisposable
{
    private const string Correlation = "x-ms-invocation-id";

    private static readonly HashSet<string> OfOneHop = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Proxy-Connection", "TE", "Trailer", "Host" };

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null });

    /// <summary>What functions with a durable client are given for it. The default leads nowhere.</summary>
    public string DurableClient { get; set; } = """{"taskHubName":"none","connectionName":"none","rpcBaseUrl":"http://127.0.0.1:9/","requiredQueryStringParameters":"","httpBaseUrl":"http://127.0.0.1:9/"}""";

    /// <summary>Answers a request with the function's answer.</summary>
    public async Task RunAsync(HttpContext http)
    {
        var invocation = Guid.NewGuid().ToString();
        var invoked = worker.InvokeAsync(
            "Api", invocation, http.RequestAborted,
            ("request", new TypedData { Http = new RpcHttp { Method = http.Request.Method, Url = http.Request.Path } }),
            ("client", new TypedData { String = DurableClient }));
        try
        {
            using var request = await RequestAsync(http, invocation);
            using var answer = await _http.SendAsync(request, http.RequestAborted);
            await CopyAsync(answer, http);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            http.Abort();
        }

        await Task.WhenAny(invoked); // how it ended is in its answer
    }

    /// <summary>Runs a timer's function now, as the host's own route for administrators does; answers when it has ended.</summary>
    public async Task RunTimerAsync(HttpContext http)
    {
        await worker.InvokeAsync(
            (string?)http.Request.RouteValues["function"] ?? "", Guid.NewGuid().ToString(), http.RequestAborted,
            ("timer", new TypedData { Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" }),
            ("client", new TypedData { String = DurableClient }));
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpRequestMessage> RequestAsync(HttpContext http, string invocation)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget; // as it was sent
        var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri((await worker.ReadyAsync(http.RequestAborted)).Http, target));
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            request.Content = new StreamContent(http.Request.Body);
        }

        foreach (var (name, values) in http.Request.Headers.Where(header => !OfOneHop.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        request.Headers.TryAddWithoutValidation(Correlation, invocation);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", http.Connection.RemoteIpAddress?.ToString());
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", http.Request.Host.Value);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", http.Request.Scheme);
        return request;
    }

    private static async Task CopyAsync(HttpResponseMessage answer, HttpContext http)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfOneHop.Contains(header.Key)))
        {
            http.Response.Headers[name] = values.ToArray();
        }

        await using var body = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
        var buffer = new byte[16 * 1024];
        for (var count = await body.ReadAsync(buffer, http.RequestAborted); count > 0; count = await body.ReadAsync(buffer, http.RequestAborted))
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, count), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
