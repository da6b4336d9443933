using System.Text.Json;
using Baas.Core.Networks;
using Microsoft.AspNetCore.Http;

namespace Baas.Functions.Http;

/// <summary>Server-sent events. The headers leave with the first event, so that a failure before it is still a problem.</summary>
internal sealed class EventStream(HttpResponse response) : IAsyncDisposable
{
    private bool _begun;

    /// <summary>Sends one event.</summary>
    public async Task SendAsync<T>(string name, T data, CancellationToken cancellationToken)
    {
        Begin();
        await response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(data, NetworkJson.Options)}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends a comment, so that nobody on the way takes the connection for dead.</summary>
    public async Task StayAliveAsync(CancellationToken cancellationToken)
    {
        Begin();
        await response.WriteAsync(": still there\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_begun)
        {
            await response.CompleteAsync();
        }
    }

    private void Begin()
    {
        if (!_begun)
        {
            _begun = true;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no"; // asks proxies not to hold events back
        }
    }
}
