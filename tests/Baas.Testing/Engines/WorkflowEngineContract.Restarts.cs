using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

public abstract partial class WorkflowEngineContract
{
    [Fact]
    public async Task Restart_RecordedSteps_DoNotRunAgain()
    {
        Probe.On("b", (attempt, cancellationToken) => attempt == 1 ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);
        await StartAsync(async context => $"{await Do(context, "a")}, {await Do(context, "b")}");
        await Probe.BegunAsync("b", Soon);

        await Engine.RestartAsync();

        Assert.Equal("a done, b done", ResultOf(await EndAsync()));
        Assert.Equal((1, 2), (Probe.AttemptsOf("a"), Probe.AttemptsOf("b")));
        Assert.Equal(["a", "b"], Probe.Effects);
    }

    [Fact]
    public async Task Restart_ResultsCameInAnotherOrder_ComeInThatOrderAgain()
    {
        var first = Probe.Hold("1");
        var second = Probe.Hold("2");
        var last = Probe.Hold("then 1");
        async Task<string> Branch(IWorkflowContext context, string name)
        {
            await Do(context, name);
            return await Do(context, $"then {name}"); // its position depends on which of the two came first
        }

        await StartAsync(async context => string.Join(", ", await Task.WhenAll(Branch(context, "1"), Branch(context, "2"))));
        await Probe.BegunAsync("2", Soon);
        second.SetResult();
        await UntilAsync(status => status.Calls is [_, _, { Subject: "then 2", State: WorkflowState.Completed }]);
        first.SetResult();
        await Probe.BegunAsync("then 1", Soon);

        await Engine.RestartAsync();
        last.SetResult();

        Assert.Equal("then 1 done, then 2 done", ResultOf(await EndAsync()));
        Assert.Equal(["2", "then 2", "1", "then 1"], Probe.Effects);
    }

    [Fact]
    public async Task Restart_TimeIsTheRecordedOne()
    {
        List<DateTimeOffset> seen = [];
        var gate = Probe.Hold("b");
        await StartAsync(async context =>
        {
            await context.DelayAsync(TimeSpan.FromHours(1));
            seen.Add(context.UtcNow);
            return await Do(context, "b");
        });
        await Engine.PassAsync(TimeSpan.FromHours(1), Soon);
        await Probe.BegunAsync("b", Soon);

        await Engine.RestartAsync();
        gate.SetResult();
        await EndAsync();

        Assert.True(seen.Count >= 2); // engines that run the code again at every turn pass here more often
        Assert.Single(seen.Distinct());
    }

    [Fact]
    public async Task Restart_BetweenAttempts_CountGoesOn()
    {
        Probe.Fail("a", isTransient: true);
        await StartAsync(context => Do(context, "a"));
        await Engine.PassAsync(TimeSpan.FromSeconds(1), Soon);
        await UntilAsync(status => status.Calls is [{ Attempt: 2, ErrorMessage: { } message }] && message.Contains("attempt 2", StringComparison.Ordinal));

        await Engine.RestartAsync();
        await Engine.PassAsync(TimeSpan.FromSeconds(2), Soon);

        Assert.Equal("probe-failed", FailureOf(await EndAsync()));
        Assert.Equal(3, Probe.AttemptsOf("a"));
    }

    [Fact]
    public async Task Restart_DuringADelay_EndsAtTheSameTime()
    {
        await StartAsync(async context =>
        {
            await context.DelayAsync(TimeSpan.FromHours(3));
            return "rested";
        });
        await UntilAsync(status => status.Calls is [{ Kind: CallKind.Delay }]);

        await Engine.RestartAsync();
        await Engine.PassAsync(TimeSpan.FromHours(3), Soon);

        Assert.Equal("rested", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task Restart_EventsNotTaken_AreStillThere()
    {
        var gate = Probe.Hold("a");
        await StartAsync(async context =>
        {
            var first = await context.WaitForEventAsync<string>("go", Week);
            await Do(context, "a");
            return $"{first} {await context.WaitForEventAsync<string>("go", Week)}";
        });
        await Client.RaiseEventAsync(Id, "go", "first", Soon);
        await Client.RaiseEventAsync(Id, "go", "second", Soon);
        await Probe.BegunAsync("a", Soon);

        await Engine.RestartAsync();
        gate.SetResult();

        Assert.Equal("first second", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task Restart_Cancelled_StaysCancelledAndTheChildToo()
    {
        var gate = Probe.Hold("-a");
        var child = Child("child", context => Saga.RunAsync(context, OnFailure.Rollback, async saga =>
        {
            await saga.DoAsync(new Work.Input("a"));
            await context.DelayAsync(TimeSpan.FromDays(1));
            return "never";
        }));
        await StartAsync(context => context.RunAsync(child));
        await UntilAsync(status => status.Calls is [{ Calls: [_, { Kind: CallKind.Delay }] }]);
        await Client.CancelAsync(Id, Soon);
        await Probe.BegunAsync("-a", Soon);

        await Engine.RestartAsync();
        gate.SetResult();

        Assert.Equal("canceled", FailureOf(await EndAsync()));
        Assert.Equal(["a", "-a"], Probe.Effects);
    }

    [Theory]
    [InlineData("another name")]
    [InlineData("one more")]
    [InlineData("one less")]
    public async Task Restart_CodeHasChanged_StopsAndTouchesNothing(string change)
    {
        Probe.Hold("b");
        await StartAsync(async context => $"{await Do(context, "a")}, {await Do(context, "b")}");
        await Probe.BegunAsync("b", Soon);

        Scripted.Define(Id, change switch
        {
            "another name" => async context => $"{await Do(context, "x")}, {await Do(context, "b")}",
            "one more" => async context => (await Task.WhenAll(Do(context, "a"), Do(context, "x")))[0],
            _ => context => Do(context, "a"),
        });
        await Engine.RestartAsync();

        Assert.Equal("history-mismatch", FailureOf(await EndAsync()));
        Assert.Equal(["a"], Probe.Effects);
        Assert.Equal((1, 0), (Probe.AttemptsOf("b"), Probe.AttemptsOf("x")));
    }

    [Fact]
    public async Task Restart_Ended_StatusIsTheSame()
    {
        await StartAsync(context => Do(context, "a"));
        var before = await EndAsync();

        await Engine.RestartAsync();
        var after = await EndAsync();

        Assert.Equal((before.Revision, before.ResultJson, before.EndedAt), (after.Revision, after.ResultJson, after.EndedAt));
        Assert.Equal(["a"], Probe.Effects);
    }
}
