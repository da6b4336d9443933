using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Testing.Engines;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Tests.Workflows.Engine.Journal;

/// <summary>What is the journal's own, beyond the contract of all engines.</summary>
public sealed class JournalEngineTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly string _id = $"journal-{Guid.NewGuid():n}";
    private readonly JournalHarness _engine = new();

    private CancellationToken Soon => _deadline.Token;

    public Task InitializeAsync() => _engine.Journal.StartAsync(Soon);

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task StartAsync_FileOfANewerVersion_IsRefused()
    {
        await _engine.Journal.DisposeAsync();
        await using (SqliteConnection connection = new($"Data Source={_engine.Options.Path};Pooling=False"))
        {
            await connection.OpenAsync(Soon);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1000";
            await command.ExecuteNonQueryAsync(Soon);
        }

        var refusal = await Assert.ThrowsAnyAsync<BaasException>(_engine.StartAgainAsync);

        Assert.Equal("data-folder-newer", refusal.Code);
    }

    [Fact]
    public async Task StartAsync_FileInUse_IsRefused()
    {
        var first = _engine.Journal;

        var refusal = await Assert.ThrowsAnyAsync<BaasException>(_engine.StartAgainAsync);

        Assert.Equal("data-folder-in-use", refusal.Code);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_NoJournal_IsRefused()
    {
        await _engine.Journal.DisposeAsync();
        await File.WriteAllTextAsync(_engine.Options.Path, new string('x', 10_000), Soon);

        var refusal = await Assert.ThrowsAnyAsync<BaasException>(_engine.StartAgainAsync);

        Assert.Equal("journal-unreadable", refusal.Code);
    }

    [Theory]
    [InlineData(true, "step Work")]
    [InlineData(false, "workflow Scripted")]
    public async Task StartAsync_OlderVersion_SetsAsideWhatItDoesNotKnow(bool knowsWorkflow, string unknown)
    {
        var gate = _engine.Probe.Hold("a");
        await StartAsync(context => context.ApplyAsync(new Work.Input("a")));
        await _engine.Probe.BegunAsync("a", Soon);
        await _engine.Journal.DisposeAsync();
        var knows = new ServiceCollection().AddSingleton(_engine.Probe);
        await using var older = (knowsWorkflow ? knows.AddWorkflow<Scripted>() : knows.AddStep<Work>()).AddWorkflowsOverFakeSteps().BuildServiceProvider();

        await _engine.StartAgainAsync(older);

        Assert.Contains(_engine.Lines.Written, line => line.Contains(_id, StringComparison.Ordinal) && line.Contains(unknown, StringComparison.Ordinal));
        await _engine.Client.StartAsync(_id, Scripted.Define($"{_id}-again", _ => Task.FromResult("")), Soon); // known: nothing begins
        Assert.False(await _engine.Client.CancelAsync(_id, Soon));
        await _engine.Client.PurgeAsync(_id, Soon);
        Assert.Equal(WorkflowState.Running, (await _engine.Client.GetStatusAsync(_id, Soon))?.State);

        await _engine.Journal.DisposeAsync();
        gate.SetResult();
        await _engine.StartAgainAsync();
        Assert.Equal(WorkflowState.Completed, (await EndAsync()).State);
        Assert.Equal(["a"], _engine.Probe.Effects);
    }

    [Fact]
    public async Task StartAsync_IdWithASlash_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Client.StartAsync("a/b", Scripted.Define(_id, _ => Task.FromResult("")), Soon));

    [Fact]
    public async Task RunAsync_AwaitsSomethingForeign_Fails()
    {
        await StartAsync(async context =>
        {
            await Task.Run(() => Thread.Yield(), CancellationToken.None).ConfigureAwait(false);
            return await context.ApplyAsync(new Work.Input("a"));
        });

        Assert.Equal("internal-error", (await EndAsync()).Failure?.Code);
        Assert.Empty(_engine.Probe.Effects);
    }

    [Fact]
    public async Task RunAsync_MoreCallsThanAllowed_FailsAndStillUndoes()
    {
        _engine.Options.MaxCalls = 3;
        await StartAsync(context => Saga.RunAsync<string>(context, OnFailure.Rollback, async saga =>
        {
            while (true)
            {
                await saga.DoAsync(new Work.Input("a"));
            }
        }));

        Assert.Equal("history-too-long", (await EndAsync()).Failure?.Code);
        Assert.Equal(["a", "a", "a", "-a", "-a", "-a", "-a"], _engine.Probe.Effects);
    }

    [Fact]
    public async Task DelayAsync_LongerThanATimerTakes_WaitsForAllOfIt()
    {
        await StartAsync(async context =>
        {
            await context.DelayAsync(TimeSpan.FromDays(100));
            return "rested";
        });
        await _engine.PassAsync(TimeSpan.FromDays(40), Soon);
        await _engine.PassAsync(TimeSpan.FromDays(40), Soon);
        await _engine.PassAsync(TimeSpan.FromDays(20), Soon);

        Assert.Equal(WorkflowState.Completed, (await EndAsync()).State);
    }

    [Fact]
    public async Task Ended_LeavesMemory()
    {
        await StartAsync(context => context.ApplyAsync(new Work.Input("a")));
        await EndAsync();

        Assert.Equal(0, _engine.Journal.Unfinished);
    }

    [Fact]
    public async Task Restart_RevisionGoesUp()
    {
        _engine.Probe.Hold("a");
        await StartAsync(context => context.ApplyAsync(new Work.Input("a")));
        await _engine.Probe.BegunAsync("a", Soon);
        var before = await _engine.Client.GetStatusAsync(_id, Soon);

        await _engine.RestartAsync();

        Assert.True((await _engine.Client.GetStatusAsync(_id, Soon))?.Revision > before?.Revision);
    }

    [Fact]
    public async Task RaiseEventAsync_TooManyWait_IsRefused()
    {
        _engine.Options.MaxEvents = 1;
        _engine.Probe.Hold("a");
        await StartAsync(context => context.ApplyAsync(new Work.Input("a")));
        await _engine.Client.RaiseEventAsync(_id, "go", "1", Soon);

        var refusal = await Assert.ThrowsAnyAsync<BaasException>(() => _engine.Client.RaiseEventAsync(_id, "go", "2", Soon));

        Assert.Equal("history-too-long", refusal.Code);
    }

    private Task StartAsync(Func<IWorkflowContext, Task<string>> code) => _engine.Client.StartAsync(_id, Scripted.Define(_id, code), Soon);

    private async Task<WorkflowStatus> EndAsync()
    {
        var status = await _engine.Client.GetStatusAsync(_id, Soon);
        while (status is { EndedAt: null })
        {
            status = await _engine.Client.WaitForChangeAsync(_id, status.Revision, TimeSpan.FromHours(9), Soon);
        }

        return status ?? throw new InvalidOperationException("the instance is unknown");
    }
}
