using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Monitor.OpenTelemetry.Exporter;
using Baas.Core.Telemetry;
using Baas.Functions.Hosting.Azure;
using Baas.Functions.Hosting.Cloud;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Tests.Azure.Telemetry;

/// <summary>What Azure Monitor's exporter sends of Baas, at a fake ingestion endpoint.</summary>
public sealed class AzureTelemetryTests : IDisposable
{
    private readonly Ingestion _ingestion = new();
    private readonly string _key = $"{Guid.NewGuid()}"; // the exporter has one connection for each in the whole process
    private readonly string _marker = Guid.NewGuid().ToString("n");

    public AzureTelemetryTests() => Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true"); // the exporter's telemetry of itself goes to its makers

    public void Dispose() => _ingestion.Dispose();

    [Fact]
    public async Task SpansAndMetrics_ArriveWithTheKeyOfTheConnectionString()
    {
        await SendAsync(null);

        var items = _ingestion.Items;
        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Equal(_key, (string?)item["iKey"]));
        Assert.Contains(items, item => (string?)item["data"]?["baseType"] == "RemoteDependencyData" && item.ToJsonString().Contains(_marker, StringComparison.Ordinal));
        Assert.Contains(items, item => (string?)item["data"]?["baseType"] == "MetricData" && item.ToJsonString().Contains(_marker, StringComparison.Ordinal));
        Assert.All(_ingestion.Authorizations, Assert.Empty);
    }

    [Fact]
    public async Task Resource_TakesIdentitiesOnly_TheAppsTokenIsShown()
    {
        await SendAsync("ClientId=some;Authorization=AAD");

        Assert.NotEmpty(_ingestion.Items);
        Assert.All(_ingestion.Authorizations, header => Assert.Equal("Bearer token-of-the-app", header));
    }

    private async Task SendAsync(string? authentication)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new(MonitorSettings.Connection, $"InstrumentationKey={_key};IngestionEndpoint=https://127.0.0.1:9/"),
            new(MonitorSettings.Authentication, authentication),
        ]).Build();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddSingleton<TokenCredential>(new AppIdentity()).AddAzureTelemetry(settings);
        builder.Services.Configure<AzureMonitorExporterOptions>(exporter =>
        {
            exporter.Transport = new HttpClientTransport(_ingestion);
            exporter.DisableOfflineStorage = true;
            exporter.TracesPerSecond = null; // else it keeps a few a second
            exporter.SamplingRatio = 1;
        });
        using var host = builder.Build();
        await host.StartAsync();
        using (var span = BaasTelemetry.Source.StartActivity($"span {_marker}", ActivityKind.Internal))
        {
            Assert.NotNull(span);
        }

        BaasTelemetry.Retries.Add(1, new KeyValuePair<string, object?>("step", _marker));
        await host.StopAsync();
    }

    private sealed class AppIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token-of-the-app", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Takes in lines of JSON, packed or not, as Azure's ingestion does.</summary>
    private sealed class Ingestion : HttpMessageHandler
    {
        private readonly ConcurrentQueue<JsonNode> _items = new();

        public IReadOnlyList<JsonNode> Items => [.. _items];

        public ConcurrentQueue<string> Authorizations { get; } = new();

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => SendAsync(request, cancellationToken).GetAwaiter().GetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorizations.Enqueue(request.Headers.Authorization?.ToString() ?? "");
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            if (body is [0x1f, 0x8b, ..])
            {
                using GZipStream packed = new(new MemoryStream(body), CompressionMode.Decompress);
                using MemoryStream plain = new();
                await packed.CopyToAsync(plain, cancellationToken);
                body = plain.ToArray();
            }

            var lines = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in lines)
            {
                _items.Enqueue(JsonNode.Parse(line)!);
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"itemsReceived":{{lines.Length}},"itemsAccepted":{{lines.Length}},"errors":[]}""", Encoding.UTF8, "application/json") };
        }
    }
}
