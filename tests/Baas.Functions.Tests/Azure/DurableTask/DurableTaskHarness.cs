using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Durable;
using Baas.Functions.Hosting.Azure;
using Baas.Testing.Engines;
using Baas.Testing.Time;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Tests.Azure.DurableTask;

/// <summary>Durable Task in this process. A restart replaces worker and server; the history is the service's, which stays.</summary>
internal sealed class DurableTaskHarness : IEngineHarness
{
    private const int Starts = 5;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The server in memory never gives a turn again whose worker went away with it, as a real one does: a restart waits for turns that run.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Passed = TimeSpan.FromDays(-1000); // kept: a replay asks for it again

    private readonly ConcurrentDictionary<(string Instance, string Event), TimeSpan> _timers = new();
    private readonly ManualClock _clock = new();
    private readonly DurableClients _clients = new();
    private readonly ServiceProvider _services;
    private readonly WorkflowCatalog _catalog;
    private InMemoryOrchestrationService? _history;
    private CancellationTokenSource _stopping = new();
    private IHost _host = null!; // StartAsync
    private long _lastTurn;

    private DurableTaskHarness()
    {
        _services = new ServiceCollection().AddSingleton(Probe).AddStep<Work>().AddStep<Look>().AddWorkflow<Scripted>().AddWorkflowsOverFakeSteps().BuildServiceProvider();
        _catalog = _services.GetRequiredService<WorkflowCatalog>();
        Client = new FlowClient(this);
    }

    public IWorkflowClient Client { get; }

    public Probe Probe { get; } = new();

    public static async Task<DurableTaskHarness> StartedAsync()
    {
        DurableTaskHarness harness = new();
        await harness.StartAsync();
        return harness;
    }

    /// <summary>A workflow's timer, or else a step's time-out, of this length passes. The client itself waits in real time.</summary>
    public async Task PassAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Look)
        {
            if (_timers.FirstOrDefault(timer => (timer.Value - delay).Duration() < TimeSpan.FromSeconds(0.5)) is { Key: { Event: { } name } key } && _timers.TryUpdate(key, Passed, _timers[key]))
            {
                await _host.Services.GetRequiredService<DurableTaskClient>().RaiseEventAsync(key.Instance, name, DurablePayload.Signal, cancellationToken);
                return;
            }

            await Task.Delay(Look, cancellationToken);
        }

        _clock.Advance(delay);
    }

    /// <summary>Starts an instance with an input as another version may have written it.</summary>
    public Task ScheduleAsync(string instanceId, string input) =>
        _host.Services.GetRequiredService<DurableTaskClient>().ScheduleNewOrchestrationInstanceAsync(WorkflowFunctions.Workflow, DurablePayload.Parse(input), new StartOrchestrationOptions(instanceId));

    public async Task RestartAsync()
    {
        _history ??= _host.Services.GetRequiredService<InMemoryOrchestrationService>();
        await _stopping.CancelAsync(); // steps that run are given up: their attempts are lost, and come again
        do
        {
            await Task.Delay(Look);
        }
        while (Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastTurn)) < Quiet);

        await _host.StopAsync();
        _host.Dispose();
        _stopping = new();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _host.StopAsync();
        _host.Dispose();
        await _services.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>The test host takes a port that it is given, and one that was free can be taken by the time that it listens: then another one is tried.</summary>
    private async Task StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            _host = Build();
            try
            {
                await _host.StartAsync();
                return;
            }
            catch (IOException) when (attempt < Starts)
            {
                _host.Dispose();
            }
        }
    }

    private IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddInMemoryDurableTask(tasks => tasks
            .AddOrchestratorFunc<JsonElement, JsonElement>(WorkflowFunctions.Workflow, RunWorkflowAsync)
            .AddActivityFunc<JsonElement, JsonElement>(WorkflowFunctions.Step, RunStepAsync), new InMemoryDurableTaskOptions { Port = FreePort() });
        if (_history is { } history)
        {
            builder.Services.AddSingleton(history);
        }

        return builder.Build();
    }

    /// <summary>The test host would take one by chance.</summary>
    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<JsonElement> RunWorkflowAsync(TaskOrchestrationContext context, JsonElement input)
    {
        Interlocked.Exchange(ref _lastTurn, Stopwatch.GetTimestamp());
        PassableRuntime runtime = new(new DurableTaskRuntime(context), context.InstanceId, _timers);
        var call = DurablePayload.Read<WorkflowCall>(input, "the call of a workflow");
        return DurablePayload.Write(await DurableWorkflow.RunAsync(runtime, _catalog, DurableIds.FromEngine(context.InstanceId), call), "an outcome");
    }

    private async Task<JsonElement> RunStepAsync(TaskActivityContext context, JsonElement input)
    {
        var call = DurablePayload.Read<StepCall>(input, "a call");
        return DurablePayload.Write(await new DurableStep(_catalog, _services, _clock).RunAsync(call, _stopping.Token), "an outcome");
    }

    /// <summary>The client, with this harness's durable client on the flow of each call, as functions have it.</summary>
    private sealed class FlowClient(DurableTaskHarness harness) : IWorkflowClient
    {
        private readonly DurableWorkflowClient _client = new(harness._clients, harness._catalog, TimeProvider.System);

        public Task StartAsync(string instanceId, IWorkflowInput input, CancellationToken cancellationToken) =>
            WithAsync(async client => { await client.StartAsync(instanceId, input, cancellationToken); return true; });

        public Task<WorkflowStatus?> GetStatusAsync(string instanceId, CancellationToken cancellationToken) =>
            WithAsync(client => client.GetStatusAsync(instanceId, cancellationToken));

        public Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken) =>
            WithAsync(client => client.WaitForChangeAsync(instanceId, seen, timeout, cancellationToken));

        public Task<bool> RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken) =>
            WithAsync(client => client.RaiseEventAsync(instanceId, name, payload, cancellationToken));

        public Task<bool> CancelAsync(string instanceId, CancellationToken cancellationToken) => WithAsync(client => client.CancelAsync(instanceId, cancellationToken));

        public Task PurgeAsync(string instanceId, CancellationToken cancellationToken) =>
            WithAsync(async client => { await client.PurgeAsync(instanceId, cancellationToken); return true; });

        private async Task<T> WithAsync<T>(Func<DurableWorkflowClient, Task<T>> call)
        {
            using var flow = harness._clients.Use(harness._host.Services.GetRequiredService<DurableTaskClient>());
            return await call(_client);
        }
    }
}
