using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Durable;

namespace Baas.Testing.Engines;

public abstract partial class WorkflowEngineContract
{
    [Fact]
    public async Task StartAsync_SameIdTwice_RunsOnce()
    {
        // Code of their own, as the code of the first may run again from its start at any time.
        await StartAsync(context => Do(context, "a"));
        await Client.StartAsync(Id, Child("b", context => Do(context, "b")), Soon);
        await EndAsync();
        await Client.StartAsync(Id, Child("c", context => Do(context, "c")), Soon); // after the end, too

        Assert.Equal("a done", ResultOf(await EndAsync()));
        Assert.Equal(["a"], Probe.Effects);
    }

    [Fact]
    public async Task StartAsync_FiftyAtOnce_AllEnd()
    {
        var input = Scripted.Define(Id, context => Do(context, context.InstanceId));
        string[] ids = [.. Enumerable.Range(0, 50).Select(number => $"{Id}-{number}")];

        await Task.WhenAll(ids.Select(id => Client.StartAsync(id, input, Soon)));

        foreach (var id in ids)
        {
            Assert.Equal($"{id} done", ResultOf(await EndAsync(id)));
        }
    }

    [Fact]
    public async Task StartAsync_InputTooLarge_IsRefused()
    {
        var input = Scripted.Define(Id, context => Do(context, "a")) with { Ballast = new string('x', 300_000) };

        var refusal = await Assert.ThrowsAnyAsync<Core.BaasException>(() => Client.StartAsync(Id, input, Soon));

        Assert.Equal("payload-too-large", refusal.Code);
        Assert.Null(await Client.GetStatusAsync(Id, Soon));
    }

    [Fact]
    public async Task ApplyAsync_OneAfterTheOther_ResultsComeBack()
    {
        await StartAsync(async context => $"{await Do(context, "a")}, {await Do(context, "b")}");

        Assert.Equal("a done, b done", ResultOf(await EndAsync()));
        Assert.Equal(["a", "b"], Probe.Effects);
    }

    [Fact]
    public async Task ApplyAsync_SideBySide_AllRunAtTheSameTime()
    {
        var gates = new[] { "a", "b", "c" }.Select(name => (Name: name, Gate: Probe.Hold(name))).ToArray();
        await StartAsync(async context => string.Join(", ", await Task.WhenAll(gates.Select(gate => Do(context, gate.Name)))));

        foreach (var (name, _) in gates)
        {
            await Probe.BegunAsync(name, Soon);
        }

        Array.ForEach(gates, gate => gate.Gate.SetResult());
        Assert.Equal("a done, b done, c done", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task ApplyAsync_TransientFailures_AreTriedAgain()
    {
        Probe.Fail("a", times: 2, isTransient: true);
        await StartAsync(context => Do(context, "a"));
        await Engine.PassAsync(TimeSpan.FromSeconds(1), Soon);
        await Engine.PassAsync(TimeSpan.FromSeconds(2), Soon);

        var status = await EndAsync();

        Assert.Equal("a done", ResultOf(status));
        Assert.Equal((3, 3), (Probe.AttemptsOf("a"), Assert.Single(status.Calls).Attempt));
    }

    [Fact]
    public async Task ApplyAsync_TransientFailuresUpToTheLimit_Fails()
    {
        Probe.Fail("a", isTransient: true);
        await StartAsync(context => Do(context, "a"));
        await Engine.PassAsync(TimeSpan.FromSeconds(1), Soon);
        await Engine.PassAsync(TimeSpan.FromSeconds(2), Soon);

        var status = await EndAsync();

        Assert.Equal("probe-failed", FailureOf(status));
        Assert.Equal((3, 3), (Probe.AttemptsOf("a"), Assert.Single(status.Calls).Attempt));
    }

    [Fact]
    public async Task ApplyAsync_FailureForGood_IsNotTriedAgain()
    {
        Probe.Fail("a");
        await StartAsync(context => Do(context, "a"));

        var status = await EndAsync();

        Assert.Equal((WorkflowState.Failed, "probe-failed"), (status.State, FailureOf(status)));
        Assert.Equal((nameof(Work), "a", 1), (status.Failure?.Step, status.Failure?.Subject, Probe.AttemptsOf("a")));
    }

    [Fact]
    public async Task ApplyAsync_AttemptTakesTooLong_IsCancelledAndTriedAgain()
    {
        Probe.On("a", (attempt, cancellationToken) => attempt == 1 ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);
        await StartAsync(context => Do(context, "a"));
        await Probe.BegunAsync("a", Soon);
        await Engine.PassAsync(TimeSpan.FromMinutes(1), Soon);

        var waiting = await UntilAsync(status => status.Calls is [{ ErrorCode: not null }]);
        await Engine.PassAsync(TimeSpan.FromSeconds(1), Soon);

        Assert.Equal("step-timeout", waiting.Calls[0].ErrorCode);
        Assert.Equal("a done", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task ApplyAsync_UnexpectedException_FailsWithoutAStackTrace()
    {
        Probe.On("a", (_, _) => throw new InvalidOperationException("secret\nthing"));
        await StartAsync(context => Do(context, "a"));

        var status = await EndAsync();

        Assert.Equal("internal-error", FailureOf(status));
        Assert.DoesNotContain('\n', status.Failure?.Message ?? "");
    }

    [Fact]
    public async Task ApplyAsync_UnknownStep_FailsTheStep()
    {
        await StartAsync(async context =>
        {
            var failure = await Assert.ThrowsAsync<StepFailedException>(() => context.ApplyAsync(new Unregistered.Input()));
            return failure.Code;
        });

        for (var wait = 0; wait < WaitsForNewerHosts; wait++)
        {
            await Engine.PassAsync(StepOutcome.BeforeNewerHost, Soon);
        }

        Assert.Equal("step-unknown", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task ApplyAsync_InputTooLarge_FailsTheStep()
    {
        await StartAsync(async context =>
        {
            var failure = await Assert.ThrowsAsync<StepFailedException>(() => context.ApplyAsync(new Work.Input("a", new string('x', 300_000))));
            return failure.Code;
        });

        Assert.Equal("payload-too-large", ResultOf(await EndAsync()));
        Assert.Empty(Probe.Effects);
    }

    [Fact]
    public async Task RunAsync_CodeThrows_FailsThisInstanceOnly()
    {
        await StartAsync(_ => throw new InvalidOperationException("a mistake in the code"));
        Assert.Equal("internal-error", FailureOf(await EndAsync()));

        var other = Child("other", context => Do(context, "a"));
        await Client.StartAsync($"{Id}-other", other, Soon);
        Assert.Equal("a done", ResultOf(await EndAsync($"{Id}-other")));
    }

    [Fact]
    public async Task DelayAsync_TimePasses_GoesOnAtThatTime()
    {
        await StartAsync(async context =>
        {
            var before = context.UtcNow;
            await context.DelayAsync(TimeSpan.FromHours(2));
            return context.UtcNow - before >= TimeSpan.FromHours(2) ? "on time" : "too early";
        });
        await Engine.PassAsync(TimeSpan.FromHours(2), Soon);

        Assert.Equal("on time", ResultOf(await EndAsync()));
    }
}
