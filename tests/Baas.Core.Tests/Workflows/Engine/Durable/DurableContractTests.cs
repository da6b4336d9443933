using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Durable;
using Baas.Testing.Engines;
using Baas.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Tests.Workflows.Engine.Durable;

public sealed class DurableContractTests : WorkflowEngineContract
{
    protected override int WaitsForNewerHosts => 59; // half an hour

    protected override Task<IEngineHarness> CreateAsync() => Task.FromResult<IEngineHarness>(new Harness());

    private sealed class Harness : IEngineHarness
    {
        private readonly ServiceProvider _services;
        private readonly ManualClock _clock = new();
        private readonly SimulatedHub _hub;

        public Harness()
        {
            _services = new ServiceCollection().AddSingleton(Probe).AddStep<Work>().AddStep<Look>().AddWorkflow<Scripted>().AddWorkflowsOverFakeSteps().BuildServiceProvider();
            var catalog = _services.GetRequiredService<WorkflowCatalog>();
            _hub = new SimulatedHub(catalog, new DurableStep(catalog, _services, _clock), _clock);
        }

        public IWorkflowClient Client => _hub;

        public Probe Probe { get; } = new();

        public Task PassAsync(TimeSpan delay, CancellationToken cancellationToken) => _clock.PassAsync(delay, cancellationToken);

        public Task RestartAsync() => _hub.RestartAsync();

        public async ValueTask DisposeAsync()
        {
            await _hub.DisposeAsync();
            await _services.DisposeAsync();
        }
    }
}
