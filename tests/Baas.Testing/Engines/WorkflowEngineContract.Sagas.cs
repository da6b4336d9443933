using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

public abstract partial class WorkflowEngineContract
{
    [Fact]
    public async Task Saga_StepFails_UndoesNewestFirst()
    {
        Probe.Fail("c");
        await StartAsync(context => ThreeSteps(context, OnFailure.Rollback));

        var status = await EndAsync();

        Assert.Equal("probe-failed", FailureOf(status));
        Assert.Equal(["a", "b", "-c", "-b", "-a"], Probe.Effects);
        Assert.Empty(status.Failure!.Leftovers); // FailureOf has shown that there is one
    }

    [Fact]
    public async Task Saga_UndoFailsForGood_IsALeftoverAndTheRestIsUndone()
    {
        Probe.Fail("c");
        Probe.Fail("-b");
        await StartAsync(context => ThreeSteps(context, OnFailure.Rollback));

        var leftover = Assert.Single((await EndAsync()).Failure?.Leftovers ?? []);

        Assert.Equal((nameof(Work), "b"), (leftover.Step, leftover.Subject));
        Assert.Equal(["a", "b", "-c", "-a"], Probe.Effects);
    }

    [Fact]
    public async Task Saga_UndoFailsTransiently_IsTriedAgain()
    {
        Probe.Fail("c");
        Probe.Fail("-b", times: 1, isTransient: true);
        await StartAsync(context => ThreeSteps(context, OnFailure.Rollback));
        await Engine.PassAsync(StepOptions.Undo.First, Soon);

        Assert.Empty((await EndAsync()).Failure?.Leftovers ?? []);
        Assert.Equal(["a", "b", "-c", "-b", "-a"], Probe.Effects);
    }

    [Fact]
    public async Task Saga_Keep_UndoesNothing()
    {
        Probe.Fail("c");
        await StartAsync(context => ThreeSteps(context, OnFailure.Keep));

        Assert.Equal("probe-failed", FailureOf(await EndAsync()));
        Assert.Equal(["a", "b"], Probe.Effects);
    }

    [Fact]
    public async Task RunAsync_Child_GivesItsResultAndItsCalls()
    {
        var child = Child("child", context => Do(context, "a"));
        await StartAsync(async context => $"child: {await context.RunAsync(child)}");

        var status = await EndAsync();

        Assert.Equal("child: a done", ResultOf(status));
        var call = Assert.Single(status.Calls);
        Assert.Equal((CallKind.Workflow, nameof(Scripted), WorkflowState.Completed), (call.Kind, call.Name, call.State));
        Assert.Equal("a", Assert.Single(call.Calls).Subject);
        Assert.Equal("a done", ResultOf(await EndAsync($"{Id}/0")));
    }

    [Fact]
    public async Task RunAsync_ChildFails_NamesItsStep()
    {
        Probe.Fail("a");
        var child = Child("child", context => Do(context, "a"));
        await StartAsync(async context =>
        {
            var failure = await Assert.ThrowsAsync<StepFailedException>(() => context.RunAsync(child));
            return $"{failure.Step} {failure.Subject} {failure.Code}";
        });

        Assert.Equal("Work a probe-failed", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task RunAsync_ChildrenSideBySideOneFails_WaitsForAllBeforeTheUndo()
    {
        var gate = Probe.Hold("slow");
        Probe.Fail("bad");
        var slow = Child("slow", context => Do(context, "slow"));
        var bad = Child("bad", context => Do(context, "bad"));
        var undo = Scripted.Define($"{Id}-undo", async context =>
        {
            await context.UndoAsync(new Work.Input("slow"));
            return "undone";
        });
        await StartAsync(async context =>
        {
            try
            {
                await Task.WhenAll(context.RunAsync(slow), context.RunAsync(bad));
                return "both";
            }
            catch (StepFailedException)
            {
                return await context.RunAsync(undo, compensating: true);
            }
        });
        await UntilAsync(status => status.Calls is [_, { State: WorkflowState.Failed }]);
        gate.SetResult();

        Assert.Equal("undone", ResultOf(await EndAsync()));
        Assert.Equal(["slow", "-slow"], Probe.Effects);
    }

    private static Task<string> ThreeSteps(IWorkflowContext context, OnFailure onFailure) => Saga.RunAsync(context, onFailure, async saga =>
    {
        await saga.DoAsync(new Work.Input("a"));
        await saga.DoAsync(new Work.Input("b"));
        return await saga.DoAsync(new Work.Input("c"));
    });
}
