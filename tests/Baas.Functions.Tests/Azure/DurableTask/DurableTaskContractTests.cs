using Baas.Testing.Engines;

namespace Baas.Functions.Tests.Azure.DurableTask;

/// <summary>The engine contract on Durable Task itself. Needs DOTNET_PROCESSOR_COUNT=128: the test host has as many slots as there are processors.</summary>
public sealed class DurableTaskContractTests : WorkflowEngineContract
{
    protected override int WaitsForNewerHosts => 59; // half an hour

    protected override async Task<IEngineHarness> CreateAsync() => await DurableTaskHarness.StartedAsync();
}
