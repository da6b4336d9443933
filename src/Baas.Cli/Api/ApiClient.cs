using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Cli.Settings;

namespace Baas.Cli.Api;

/// <summary>The HTTP API of one service.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;
    private readonly ServiceAddress _service;

    /// <summary>A client of a service; nothing is sent yet.</summary>
    /// <param name="service">The service, and the tenant.</param>
    /// <param name="allTenants">Whether addresses begin above the tenants: for what only admins may see.</param>
    public ApiClient(ServiceAddress service, bool allTenants = false)
    {
        _service = service;
        Root = allTenants ? "/api/v1" : $"/api/v1/tenants/{service.Tenant}";
        _http = new HttpClient { BaseAddress = service.Server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("baas-cli", "1"));
        if (service.ApiKey is { } key)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>The first part of all addresses.</summary>
    private string Root { get; }

    /// <summary>An answer as a record, from an address below the tenant.</summary>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        Read<T>(await SendAsync(HttpMethod.Get, Root + path, null, null, null, cancellationToken));

    /// <summary>An answer as text, from an address below the tenant.</summary>
    public Task<string> GetTextAsync(string path, string accept, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, Root + path, null, accept, null, cancellationToken);

    /// <summary>What the service says of itself.</summary>
    public async Task<JsonObject> GetServiceAsync(CancellationToken cancellationToken) =>
        Read<JsonObject>(await SendAsync(HttpMethod.Get, "/api/v1", null, null, null, cancellationToken));

    /// <summary>All items of a list below the tenant.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string path, CancellationToken cancellationToken)
    {
        List<T> items = [];
        string? continuation = null;
        do
        {
            var next = continuation is null ? "" : $"&continuation={Uri.EscapeDataString(continuation)}";
            var page = await GetAsync<Page<T>>($"{path}?limit=200{next}", cancellationToken);
            items.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return items;
    }

    /// <summary>Asks for a change; with a key of its own, so that a torn connection can be tried again.</summary>
    public Task<T> ChangeAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) => ChangeAsync<T>(method, path, content, null, cancellationToken);

    /// <summary>Asks for a change with a given idempotency key; null: a key of its own.</summary>
    public async Task<T> ChangeAsync<T>(HttpMethod method, string path, HttpContent? content, string? key, CancellationToken cancellationToken) =>
        Read<T>(await SendAsync(method, Root + path, content, null, key, cancellationToken));

    /// <summary>Deletes something that is gone at once.</summary>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, Root + path, null, null, null, cancellationToken);

    /// <summary>The operation now and after each change until it ends.</summary>
    public async IAsyncEnumerable<Operation> WatchAsync(string operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}/operations/{operation}/events");
        using var response = await ReachAsync(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw Refused(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            yield return Read<Operation>(item.Data);
        }
    }

    /// <summary>An answer line by line, as it comes, from an address below the tenant.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync(string path, string accept, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var response = await ReachAsync(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw Refused(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>A specification as a body.</summary>
    public static HttpContent Specification(string text, bool isYaml) => new StringContent(text, Encoding.UTF8, isYaml ? "application/yaml" : "application/json");

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(HttpMethod method, string path, HttpContent? content, string? accept, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString("N"));
        }

        if (accept is not null)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        }

        using var response = await ReachAsync(() => _http.SendAsync(request, cancellationToken), cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? text : throw Refused(response.StatusCode, text);
    }

    private async Task<HttpResponseMessage> ReachAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send();
        }
        catch (HttpRequestException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException(
                ExitCode.Unreachable, $"cannot reach the service at {_service.Server}: {failure.Message}; is it running (baas up, baas serve), and is --server right?", failure);
        }
    }

    private static ApiException Refused(HttpStatusCode status, string body)
    {
        try
        {
            return new ApiException(JsonSerializer.Deserialize<ApiProblem>(body, Json) ?? NoProblem(status));
        }
        catch (JsonException)
        {
            return new ApiException(NoProblem(status)); // a proxy on the way has answered
        }
    }

    private static ApiProblem NoProblem(HttpStatusCode status) => new() { Status = (int)status, Code = "no-problem-document", Detail = $"the server answered {(int)status} {status}" };

    private T Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("null");
        }
        catch (JsonException failure)
        {
            throw new CliException(ExitCode.Internal, $"cannot read the answer of {_service.Server}: {failure.Message}; is it a Baas service?", failure);
        }
    }
}
