using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows.Engine.Journal;

public sealed class JournalContractTests : WorkflowEngineContract
{
    protected override async Task<IEngineHarness> CreateAsync() => await JournalHarness.StartedAsync();
}
