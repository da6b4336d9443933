using System.Diagnostics;
using Baas.Core.Telemetry;
using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>Carries out attempts of steps, so many at a time.</summary>
internal sealed class StepRunner(int parallel, WorkflowCatalog catalog, IServiceProvider services, TimeProvider clock, CancellationToken stopping) : IDisposable
{
    private readonly StepAttempt _attempts = new(catalog, services, clock);
    private readonly SemaphoreSlim _places = new(parallel, parallel);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _active = 1; // the engine itself, until it stops

    /// <summary>Begins an attempt as soon as there is a place. Never blocks, never throws.</summary>
    public void Launch(Call call) => ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Runner.RunAsync(work.Call), (Runner: this, Call: call), preferLocal: false);

    /// <summary>Waits for running attempts to notice that the engine stops.</summary>
    /// <returns>Whether all did.</returns>
    public async Task<bool> DrainAsync(TimeSpan patience)
    {
        Leave();
        await Task.WhenAny(_idle.Task, Task.Delay(patience, TimeProvider.System, CancellationToken.None));
        return _idle.Task.IsCompleted;
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task RunAsync(Call call)
    {
        Interlocked.Increment(ref _active);
        try
        {
            await _places.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                return; // it runs on the next start; whether a place was taken does not matter any more
            }

            call.Begin();
            call.Instance.Tree.Touch();
            await AttemptAsync(call);
            _places.Release();
        }
        finally
        {
            Leave();
        }
    }

    private async Task AttemptAsync(Call call)
    {
        var isUndo = call.Row.Kind == CallKind.Undo;
        var began = clock.GetTimestamp();
        using var activity = BaasTelemetry.Source.StartActivity(isUndo ? $"undo {call.Row.Name}" : call.Row.Name, ActivityKind.Internal, call.Instance.Tree.TraceContext);
        var (output, fault) = await _attempts.RunAsync(call.Row.Name, call.Input ?? Outcome.NoOutput, isUndo, stopping); // a call that runs has its input
        if (stopping.IsCancellationRequested)
        {
            return; // a failure may be a consequence of the stop, so nothing is recorded and the step runs again
        }

        var outcome = fault?.Code ?? "success";
        activity?.SetTag("attempt", call.Row.Failures + 1).SetTag("subject", call.Row.Subject).SetStatus(fault is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, fault is { } failed ? Redaction.Of(failed.Message) : null);
        BaasTelemetry.StepDuration.Record(
            clock.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("step", call.Row.Name), new KeyValuePair<string, object?>("outcome", outcome));
        if (isUndo)
        {
            BaasTelemetry.Compensations.Add(1, new KeyValuePair<string, object?>("step", call.Row.Name), new KeyValuePair<string, object?>("outcome", outcome));
        }

        call.Instance.Tree.Post(call.Instance, () => call.Instance.EndAttempt(call, output, fault));
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _active) == 0)
        {
            _idle.TrySetResult();
        }
    }
}
