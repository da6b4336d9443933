using System.Collections.Concurrent;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Journal;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.EndToEnd.Tests.Faults;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Crashes;

/// <summary>A service that crashes and starts again on its data folder, over and over, one change of a network after the other.</summary>
internal sealed class CrashLane(SandboxHost host, string name) : IAsyncDisposable
{
    private readonly StepFaults _steps = new(); // nothing fails here, but it knows what ran
    private readonly ConcurrentDictionary<string, string> _contents = new(StringComparer.Ordinal);
    private CrashPoint _point = new();
    private ServiceRun? _service;

    /// <summary>Steps that a change runs more than once on the same subject, so that another run after a crash says nothing.</summary>
    public IReadOnlyList<string> MayRunAgain { get; init; } = [];

    /// <summary>Parts of the names of keys that a change replaces by others.</summary>
    public IReadOnlyList<string> MayReplace { get; init; } = [];

    public ServiceRun Service => _service ?? throw new InvalidOperationException("not started");

    /// <summary>The writes of the last change, while it was not disturbed.</summary>
    public int Writes => _point.Writes;

    public async Task StartAsync()
    {
        _point = new CrashPoint();
        _service = await host.StartServiceAsync(name, Adjust);
    }

    /// <summary>Runs a change to its end, with a crash at a write on the way.</summary>
    /// <param name="network">The network that it changes.</param>
    /// <param name="stage">On which side of the write.</param>
    /// <param name="at">Which write; none when it is null.</param>
    /// <param name="ask">Sends the request with an idempotency key; it is sent again after the crash.</param>
    public async Task<OperationResource> RunAsync(string network, CommitStage stage, int? at, Func<NetworkApi, string, Task<HttpResponseMessage>> ask)
    {
        var key = $"{network}-{Guid.NewGuid():N}";
        _point.Arm(stage, at);
        var running = AskAndWaitAsync(ask, key);
        if (await Task.WhenAny(running, _point.Reached) == running && !_point.Reached.IsCompleted)
        {
            return await running;
        }

        await Service.DisposeAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default); // its service is gone
        var recorded = RecordedSteps();
        var before = _steps.RunsOf(network);
        await StartAsync();
        var ended = await AskAndWaitAsync(ask, key);
        var after = _steps.RunsOf(network);
        Assert.All(recorded.Select(step => step with { Network = network }), step => Assert.Equal((step, before[step]), (step, after[step])));
        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    private async Task<OperationResource> AskAndWaitAsync(Func<NetworkApi, string, Task<HttpResponseMessage>> ask, string key)
    {
        using var response = await ask(Service.Api, key);
        return await Service.Api.EndOfAsync(await NetworkApi.AcceptedAsync(response));
    }

    /// <summary>The steps of unfinished workflows whose results are in the journal, but for looks that have to be repeated.</summary>
    private IReadOnlyList<StepCall> RecordedSteps()
    {
        using var file = JournalFile.Open(Path.Combine(host.DataFolder(name), "journal.db"));
        var reader = new JournalReader(file);
        var calls = reader.UnfinishedRoots().SelectMany(reader.Load).SelectMany(history => history.Calls).Where(call => (call.Kind is CallKind.Step or CallKind.Undo) && !MayRunAgain.Contains(call.Name)).ToList();
        return
        [
            .. calls.GroupBy(call => new StepCall("", call.Kind, call.Name, call.Subject))
                .Where(group => group.All(call => call.IsEnded && call.Output?.Contains("\"holds\":false", StringComparison.Ordinal) != true))
                .Select(group => group.Key),
        ];
    }

    private void Adjust(IServiceCollection services)
    {
        _steps.AddTo(services);
        var point = _point;
        services.Configure<JournalOptions>(journal =>
        {
            journal.MaxBatch = 1; // each turn is a write of its own
            journal.CrashAt = point.Crashes;
        });
        var blobs = services.Single(service => service.ServiceType == typeof(IBlobStore));
        services.Remove(blobs);
        services.AddSingleton<IBlobStore>(provider => new WriteOnceBlobs((IBlobStore)blobs.ImplementationFactory!(provider), _contents, MayReplace)); // registered by factory
    }
}
