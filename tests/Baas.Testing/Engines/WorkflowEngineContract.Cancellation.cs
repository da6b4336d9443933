using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

public abstract partial class WorkflowEngineContract
{
    [Fact]
    public async Task CancelAsync_Unknown_IsFalse() => Assert.False(await Client.CancelAsync(Id, Soon));

    [Fact]
    public async Task CancelAsync_Ended_IsFalse()
    {
        await StartAsync(context => Do(context, "a"));
        await EndAsync();

        Assert.False(await Client.CancelAsync(Id, Soon));
    }

    [Fact]
    public async Task CancelAsync_DuringAStep_StepFinishesThenTheSagaUndoes()
    {
        var gate = Probe.Hold("b");
        await StartAsync(context => ThreeSteps(context, OnFailure.Rollback));
        await Probe.BegunAsync("b", Soon);

        Assert.True(await Client.CancelAsync(Id, Soon));
        gate.SetResult();
        var status = await EndAsync();

        Assert.Equal((WorkflowState.Canceled, "canceled"), (status.State, FailureOf(status)));
        Assert.Equal(["a", "b", "-c", "-b", "-a"], Probe.Effects);
    }

    [Fact]
    public async Task CancelAsync_DuringADelay_EndsTheDelay()
    {
        await StartAsync(async context =>
        {
            await context.DelayAsync(TimeSpan.FromDays(20));
            return await Do(context, "a");
        });
        await UntilAsync(seen => seen.Calls is [{ Kind: CallKind.Delay }]);

        await Client.CancelAsync(Id, Soon);
        var status = await EndAsync();

        Assert.Equal((WorkflowState.Canceled, WorkflowState.Canceled), (status.State, status.Calls[0].State));
        Assert.Empty(Probe.Effects);
    }

    [Fact]
    public async Task CancelAsync_BetweenAttempts_TriesNoMore()
    {
        Probe.Fail("a", isTransient: true);
        await StartAsync(context => Do(context, "a"));
        await UntilAsync(seen => seen.Calls is [{ ErrorCode: not null }]);

        await Client.CancelAsync(Id, Soon);

        Assert.Equal("canceled", FailureOf(await EndAsync()));
        Assert.Equal(1, Probe.AttemptsOf("a"));
    }

    [Fact]
    public async Task CancelAsync_DuringTheUndo_UndoGoesOn()
    {
        Probe.Fail("c");
        var gate = Probe.Hold("-b");
        await StartAsync(context => ThreeSteps(context, OnFailure.Rollback));
        await Probe.BegunAsync("-b", Soon);

        await Client.CancelAsync(Id, Soon);
        gate.SetResult();

        Assert.Equal("probe-failed", FailureOf(await EndAsync())); // why it failed first
        Assert.Equal(["a", "b", "-c", "-b", "-a"], Probe.Effects);
    }

    [Fact]
    public async Task CancelAsync_WithAChild_ReachesTheChild()
    {
        var child = Child("child", async context =>
        {
            await context.DelayAsync(TimeSpan.FromDays(1));
            return "never";
        });
        await StartAsync(context => context.RunAsync(child));
        await UntilAsync(seen => seen.Calls is [{ Calls: [{ Kind: CallKind.Delay }] }]);

        await Client.CancelAsync(Id, Soon);
        var status = await EndAsync();

        Assert.Equal((WorkflowState.Canceled, WorkflowState.Canceled), (status.State, status.Calls[0].State));
    }

    [Fact]
    public async Task CancelAsync_WithACompensatingChild_ChildRunsToItsEnd()
    {
        var gate = Probe.Hold("a");
        var child = Child("child", async context => $"{await Do(context, "a")}, {await Do(context, "b")}");
        await StartAsync(context => context.RunAsync(child, compensating: true));
        await Probe.BegunAsync("a", Soon);

        await Client.CancelAsync(Id, Soon);
        gate.SetResult();

        Assert.Equal("a done, b done", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task RunAsync_AfterACancellation_OnlyWhatCompensates()
    {
        var gate = Probe.Hold("a");
        var child = Child("child", context => Do(context, "b"));
        await StartAsync(async context =>
        {
            await Do(context, "a");
            var refused = await Task.WhenAll(
                CodeOf(() => Do(context, "x")), CodeOf(() => context.RunAsync(child)), CodeOf(() => context.DelayAsync(TimeSpan.FromDays(1))), CodeOf(() => context.WaitForEventAsync<string>("e", TimeSpan.FromDays(1))));
            return $"{string.Join(' ', refused)}, {await context.RunAsync(child, compensating: true)}";
        });
        await Probe.BegunAsync("a", Soon);
        await Client.CancelAsync(Id, Soon);
        gate.SetResult();

        Assert.Equal("canceled canceled canceled canceled, b done", ResultOf(await EndAsync()));
        Assert.Equal(["a", "b"], Probe.Effects);
    }

    private static async Task<string> CodeOf(Func<Task> call)
    {
        try
        {
            await call();
            return "no failure";
        }
        catch (StepFailedException failure)
        {
            return failure.Code;
        }
    }
}
