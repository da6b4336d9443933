using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

public abstract partial class WorkflowEngineContract
{
    [Fact]
    public async Task GetStatusAsync_Unknown_IsNull() => Assert.Null(await Client.GetStatusAsync(Id, Soon));

    [Fact]
    public async Task GetStatusAsync_WhileAStepRuns_ShowsIt()
    {
        var gate = Probe.Hold("b");
        await StartAsync(async context =>
        {
            context.Report("at work");
            await Do(context, "a");
            return await Do(context, "b");
        });

        var status = await UntilAsync(seen => seen.Calls is [_, { State: WorkflowState.Running }]);
        gate.SetResult();

        Assert.Equal((Id, nameof(Scripted), WorkflowState.Running, "at work"), (status.InstanceId, status.Workflow, status.State, status.Message));
        Assert.Equal((CallKind.Step, nameof(Work), "a", WorkflowState.Completed), (status.Calls[0].Kind, status.Calls[0].Name, status.Calls[0].Subject, status.Calls[0].State));
        Assert.NotNull(status.Calls[0].EndedAt);
        Assert.Null(status.Calls[1].EndedAt);
        Assert.Null(status.EndedAt);
    }

    [Fact]
    public async Task GetStatusAsync_LookThatDidNotHold_TellsWhatIsThereInstead()
    {
        await StartAsync(async context =>
        {
            var seen = await context.UntilAsync(new Look.Input("a"), new Patience(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
            return $"{seen.Holds}";
        });
        await UntilAsync(seen => seen.Calls is [_, { Kind: CallKind.Delay }]);
        await Engine.PassAsync(TimeSpan.FromSeconds(1), Soon);

        var status = await EndAsync();

        Assert.Equal("True", ResultOf(status));
        Assert.Equal(["a is not there", null, null], status.Calls.Select(call => call.Unmet));
    }

    [Fact]
    public async Task GetStatusAsync_Ended_TellsTheSameAsBefore()
    {
        var child = Child("child", context => Do(context, "b"));
        await StartAsync(async context =>
        {
            context.Report("at work");
            await Do(context, "a");
            return await context.RunAsync(child);
        });

        var status = await EndAsync();

        Assert.Equal(("at work", 2), (status.Message, status.Calls.Count));
        Assert.Equal("b", Assert.Single(status.Calls[1].Calls).Subject);
        Assert.All(status.Calls, call => Assert.Equal(WorkflowState.Completed, call.State));
        Assert.NotNull(status.EndedAt);
    }

    [Fact]
    public async Task WaitForChangeAsync_NothingChanges_AnswersAfterTheTimeout()
    {
        Probe.Hold("a");
        await StartAsync(context => Do(context, "a"));
        var status = await UntilAsync(seen => seen.Calls is [{ State: WorkflowState.Running }]);

        var waiting = Client.WaitForChangeAsync(Id, status.Revision, TimeSpan.FromSeconds(20), Soon);
        await Engine.PassAsync(TimeSpan.FromSeconds(20), Soon);

        Assert.Equal(status.Revision, (await waiting)?.Revision);
    }

    [Fact]
    public async Task WaitForChangeAsync_AnotherRevisionSeen_AnswersAtOnce()
    {
        Probe.Hold("a");
        await StartAsync(context => Do(context, "a"));

        Assert.NotNull(await Client.WaitForChangeAsync(Id, -1, TimeSpan.FromDays(1), Soon));
    }

    [Fact]
    public async Task WaitForChangeAsync_ChildChanges_Answers()
    {
        var gate = Probe.Hold("a");
        var child = Child("child", context => Do(context, "a"));
        await StartAsync(context => context.RunAsync(child));
        var before = await UntilAsync(seen => seen.Calls is [{ Calls: [{ State: WorkflowState.Running }] }]);

        gate.SetResult();
        var after = await UntilAsync(seen => seen.Calls is [{ Calls: [{ State: WorkflowState.Completed }] }]);

        Assert.True(after.Revision > before.Revision);
    }

    [Fact]
    public async Task PurgeAsync_Ended_IsForgottenAndCanBeStartedAgain()
    {
        var child = Child("child", context => Do(context, "a"));
        await StartAsync(context => context.RunAsync(child));
        await EndAsync();

        await Client.PurgeAsync(Id, Soon);

        Assert.Null(await Client.GetStatusAsync(Id, Soon));
        Assert.Null(await Client.GetStatusAsync($"{Id}/0", Soon));
        await StartAsync(context => context.RunAsync(child));
        await EndAsync();
        Assert.Equal(["a", "a"], Probe.Effects);
    }

    [Fact]
    public async Task PurgeAsync_Running_DoesNothing()
    {
        var gate = Probe.Hold("a");
        await StartAsync(context => Do(context, "a"));

        await Client.PurgeAsync(Id, Soon);
        gate.SetResult();

        Assert.Equal("a done", ResultOf(await EndAsync()));
    }
}
