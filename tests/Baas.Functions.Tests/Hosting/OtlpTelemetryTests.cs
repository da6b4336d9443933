using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Functions.Hosting.Local;
using Baas.Testing;
using Baas.Testing.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Tests.Hosting;

/// <summary>What a collector gets of the embedded host.</summary>
public sealed class OtlpTelemetryTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Probe _probe = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task Workflow_IsOneTraceWithASpanPerStep(string protocol)
    {
        await using var collector = await Collector.StartedAsync(protocol == "grpc");
        await using (var service = await StartAsync(("telemetry:otlpEndpoint", collector.Address), ("telemetry:otlpProtocol", protocol)))
        {
            await RunAsync(service);
        }

        var root = Assert.Single(collector.Spans, span => span.Name == "workflow Scripted");
        var steps = collector.Spans.Where(span => span.Name == nameof(Work)).ToList();
        Assert.Equal(2, steps.Count);
        Assert.All(steps, step => Assert.Equal((root.Trace, root.Id), (step.Trace, step.Parent)));
        Assert.Contains("baas.step.duration", collector.TextOf("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_HoldNoSecrets()
    {
        const string Secret = "correct-horse-battery";
        await using var collector = await Collector.StartedAsync();
        await using (var service = await StartAsync(("telemetry:otlpEndpoint", collector.Address), ("telemetry:otlpProtocol", "http")))
        {
            var logger = service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test");
            logger.LogError(new InvalidOperationException($"refused password={Secret}"), "cannot sign in: {Reason}", $"password={Secret}");
        }

        var logs = collector.TextOf("logs");
        Assert.Contains("cannot sign in", logs, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, logs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("telemetry:otlpEndpoint", "collector:4317")]
    [InlineData("telemetry:otlpEndpoint", "http://collector:4317/v1/traces")]
    [InlineData("telemetry:otlpProtocol", "pigeon")]
    [InlineData("telemetry:metricsInterval", "00:00:00")]
    [InlineData("telemetry:otlpAddress", "http://collector:4317")]
    public async Task StartAsync_SettingIsWrong_NamesIt(string setting, string value)
    {
        var refusal = await Assert.ThrowsAsync<HostingException>(() => StartAsync(("telemetry:otlpEndpoint", "http://127.0.0.1:4317"), (setting, value)));

        Assert.Equal("setting-invalid", refusal.Code);
        Assert.Contains("telemetry", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_IsNotThere_ServiceWorks()
    {
        await using var service = await StartAsync(("telemetry:otlpEndpoint", "http://127.0.0.1:9"));

        await RunAsync(service);
    }

    private static async Task RunAsync(LocalService service)
    {
        var workflows = service.Services.GetRequiredService<IWorkflowClient>();
        var input = Scripted.Define($"otlp-{Guid.NewGuid():n}", async context => $"{await context.ApplyAsync(new Work.Input("a"))}, {await context.ApplyAsync(new Work.Input("b"))}");
        await workflows.StartAsync(input.Script, input, CancellationToken.None);
        using CancellationTokenSource soon = new(TimeSpan.FromMinutes(1));
        var status = await workflows.GetStatusAsync(input.Script, soon.Token);
        while (status is { State: WorkflowState.Pending or WorkflowState.Running } running)
        {
            status = await workflows.WaitForChangeAsync(input.Script, running.Revision, TimeSpan.FromSeconds(30), soon.Token);
        }

        Assert.Equal(WorkflowState.Completed, status?.State);
    }

    private async Task<LocalService> StartAsync(params (string Name, string Value)[] settings)
    {
        return await LocalService.StartAsync(
            new LocalOptions
            {
                DataFolder = _folder.In("data"),
                Clusters = [await AbsentCluster.InAsync(_folder)],
                Port = 0,
                Settings = new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(setting => setting.Name, (name, values) => KeyValuePair.Create(name, (string?)values.Last().Value))).Build(),
                Adjust = services => services.AddSingleton(_probe).AddStep<Work>().AddWorkflow<Scripted>(),
            },
            CancellationToken.None);
    }
}
