using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baas.Core.Tests.Operations.Health;

/// <summary>A webhook on a loopback socket that answers as a test says.</summary>
internal sealed class TestWebhook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestWebhook(WebApplication app) => _app = app;

    /// <summary>The status that it answers; null: it takes the request and never answers.</summary>
    public int? Answer { get; set; } = 200;

    /// <summary>Where it sends its callers on.</summary>
    public string? Location { get; set; }

    /// <summary>Ends with the first message.</summary>
    public Task Taken => _taken.Task;

    /// <summary>What it got.</summary>
    public ConcurrentQueue<(string Path, string Timestamp, string Signature, string Delivery, string Body)> Got { get; } = [];

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/hook");

    public static async Task<TestWebhook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var hook = new TestWebhook(app);
        app.Run(hook.TakeAsync);
        await app.StartAsync();
        return hook;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        Got.Enqueue((http.Request.Path, headers["Baas-Timestamp"].ToString(), headers["Baas-Signature"].ToString(), headers["Baas-Delivery"].ToString(), await reader.ReadToEndAsync()));
        _taken.TrySetResult();
        if (Answer is not { } status)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        http.Response.StatusCode = status;
        if (Location is not null)
        {
            http.Response.Headers.Location = Location;
        }
    }
}
