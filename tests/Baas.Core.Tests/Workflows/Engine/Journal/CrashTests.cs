using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows.Engine.Journal;

/// <summary>The engine is stopped before and after every single write of a workflow, and started again on the same file.</summary>
public sealed class CrashTests
{
    private static readonly Scripted.Input Child = Scripted.Define("crash-child", async context =>
    {
        await context.ApplyAsync(new Work.Input("child 1"));
        return await context.ApplyAsync(new Work.Input("child 2"));
    });

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task StartAsync_AfterACrashAtAnyWrite_EndsAsIfNothingHadHappened(bool fails, bool isWritten)
    {
        var stage = isWritten ? CommitStage.After : CommitStage.Before;
        var (undisturbed, writes) = await RunAsync(fails, stage, stopAt: int.MaxValue);
        Assert.InRange(writes, 10, 100);
        Assert.Contains(fails ? "Failed probe-failed" : "Completed", undisturbed, StringComparison.Ordinal);

        for (var write = 1; write <= writes; write++)
        {
            var (disturbed, _) = await RunAsync(fails, stage, write);
            Assert.True(undisturbed == disturbed, $"stopped {stage} write {write} of {writes}:\n{disturbed}\ninstead of\n{undisturbed}");
        }
    }

    /// <summary>Runs a workflow, crashes at the given write and starts again.</summary>
    private static async Task<(string Outcome, int Writes)> RunAsync(bool fails, CommitStage stage, int stopAt)
    {
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(30));
        TaskCompletionSource crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = 0;
        await using var harness = await JournalHarness.StartedAsync(options =>
        {
            options.MaxBatch = 1; // each turn is a write of its own
            options.CrashAt = at =>
            {
                if (at != stage || Interlocked.Increment(ref writes) != stopAt)
                {
                    return false;
                }

                crashed.TrySetResult();
                return true;
            };
        });
        harness.Probe.Fail("bad");
        var input = Scripted.Define($"crash-{fails}", context => Saga.RunAsync(context, OnFailure.Rollback, saga => StepsAsync(context, saga, fails)));
        Caller caller = new(harness, input);

        var asking = caller.AskAsync(deadline.Token);
        if (await Task.WhenAny(asking, crashed.Task) == crashed.Task || crashed.Task.IsCompleted)
        {
            await harness.Journal.DisposeAsync();
            await asking;
            var recorded = EndedSteps(harness).ToDictionary(name => name, harness.Probe.AttemptsOf, StringComparer.Ordinal);
            await harness.StartAgainAsync();
            asking = caller.AskAsync(deadline.Token);
            await asking;
            Assert.All(recorded, step => Assert.Equal((step.Key, step.Value), (step.Key, harness.Probe.AttemptsOf(step.Key))));
        }

        return (Describe(await asking, harness.Probe), writes);
    }

    private static async Task<string> StepsAsync(IWorkflowContext context, Saga saga, bool fails)
    {
        await saga.DoAsync(new Work.Input("first"));
        await Task.WhenAll(saga.DoAsync(new Work.Input("left")), saga.DoAsync(new Work.Input("right")), context.RunAsync(Child));
        await context.DelayAsync(TimeSpan.Zero);
        var word = await context.WaitForEventAsync<string>("go", TimeSpan.FromDays(1));
        return fails ? await saga.DoAsync(new Work.Input("bad")) : await saga.DoAsync(new Work.Input($"last {word}"));
    }

    private static IEnumerable<string> EndedSteps(JournalHarness harness) =>
        from history in harness.Read(Caller.Id)
        from call in history.Calls
        where call is { IsEnded: true, Kind: CallKind.Step or CallKind.Undo }
        select call.Kind == CallKind.Undo ? "-" + call.Subject : call.Subject;

    private static string Describe(WorkflowStatus? status, Probe probe)
    {
        // Side by side has no order, and a step whose result was not in the file runs again.
        var effects = probe.Effects.Distinct().Order(StringComparer.Ordinal);
        var calls = status?.Calls.Select(call => $"{call.Kind} {call.Subject} {call.State}") ?? [];
        return $"{status?.State} {status?.Failure?.Code} {status?.ResultJson} | {string.Join(", ", effects)} | {string.Join(", ", calls)}";
    }

    /// <summary>A caller that asks again for what was not acknowledged, and only for that.</summary>
    private sealed class Caller(JournalHarness harness, Scripted.Input input)
    {
        public const string Id = "crash";

        private bool _isStarted;
        private bool _isRaised;

        /// <summary>The last status; null when the engine stopped before the end.</summary>
        public async Task<WorkflowStatus?> AskAsync(CancellationToken cancellationToken)
        {
            try
            {
                if (!_isStarted)
                {
                    await harness.Client.StartAsync(Id, input, cancellationToken);
                    _isStarted = true;
                }

                _isRaised = _isRaised || await harness.Client.RaiseEventAsync(Id, "go", "word", cancellationToken);
                var status = await harness.Client.GetStatusAsync(Id, cancellationToken);
                while (status is { EndedAt: null })
                {
                    status = await harness.Client.WaitForChangeAsync(Id, status.Revision, TimeSpan.FromDays(1), cancellationToken);
                }

                return status;
            }
            catch (BaasException stopped) when (stopped.Code == "engine-stopped")
            {
                return null;
            }
        }
    }
}
