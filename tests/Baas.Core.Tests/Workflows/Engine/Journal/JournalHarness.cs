using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.Testing;
using Baas.Testing.Engines;
using Baas.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Tests.Workflows.Engine.Journal;

/// <summary>A journal in a folder of its own, with a clock that the test moves.</summary>
internal sealed class JournalHarness : IEngineHarness
{
    private readonly TestFolder _folder = new();
    private readonly ServiceProvider _services;

    public JournalHarness(Action<JournalOptions>? configure = null)
    {
        Options = new JournalOptions { Path = _folder.In("state", "journal.db") };
        configure?.Invoke(Options);
        _services = new ServiceCollection().AddSingleton(Probe).AddStep<Work>().AddStep<Look>().AddWorkflow<Scripted>().AddWorkflowsOverFakeSteps().BuildServiceProvider();
        Journal = Make(_services);
    }

    public JournalOptions Options { get; }

    /// <summary>What the engines log.</summary>
    public LogLines Lines { get; } = new();

    public JournalEngine Journal { get; private set; }

    public IWorkflowClient Client => Journal;

    public Probe Probe { get; } = new();

    public ManualClock Clock { get; } = new();

    public static async Task<JournalHarness> StartedAsync(Action<JournalOptions>? configure = null)
    {
        JournalHarness harness = new(configure);
        await harness.Journal.StartAsync(CancellationToken.None);
        return harness;
    }

    public Task PassAsync(TimeSpan delay, CancellationToken cancellationToken) => Clock.PassAsync(delay, cancellationToken);

    public async Task RestartAsync()
    {
        await Journal.DisposeAsync();
        await StartAgainAsync();
    }

    /// <summary>Starts another engine on the same file, once the first has been disposed.</summary>
    /// <param name="version">What the program of that engine knows; null for all of it.</param>
    public Task StartAgainAsync(IServiceProvider? version)
    {
        Journal = Make(version ?? _services);
        return Journal.StartAsync(CancellationToken.None);
    }

    /// <summary>The same with all that this harness knows.</summary>
    public Task StartAgainAsync() => StartAgainAsync(null);

    /// <summary>What the file holds of an instance and its children, while no engine runs.</summary>
    public IReadOnlyList<InstanceHistory> Read(string root)
    {
        using var file = JournalFile.Open(Options.Path);
        return new JournalReader(file).Load(root);
    }

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private JournalEngine Make(IServiceProvider services) => new(Options, services.GetRequiredService<WorkflowCatalog>(), services, Clock, Lines.For<JournalEngine>());
}
