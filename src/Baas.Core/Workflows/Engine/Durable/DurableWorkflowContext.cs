using System.Globalization;
using System.Text.Json;
using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>What a workflow sees of its instance in a distributed engine.</summary>
internal sealed class DurableWorkflowContext : IWorkflowContext
{
    /// <summary>How many calls one workflow may make: a distributed engine reads the whole history at every turn.</summary>
    public const int MaxCalls = 5_000;

    private readonly IDurableRuntime _runtime;
    private readonly bool _isCompensating;
    private readonly string? _trace;
    private readonly Task _canceled;
    private readonly Dictionary<string, EventInbox> _inboxes = new(StringComparer.Ordinal);
    private readonly List<string> _cancelableChildren = [];
    private readonly List<Task> _effects = [];
    private DateTimeOffset _passed;

    /// <summary>A context for one turn.</summary>
    public DurableWorkflowContext(IDurableRuntime runtime, string instanceId, WorkflowCall call)
    {
        (_runtime, InstanceId, _isCompensating, _trace) = (runtime, instanceId, call.IsCompensating, call.Trace);
        _canceled = call.IsCompensating ? new TaskCompletionSource().Task : WatchAsync();
    }

    /// <inheritdoc/>
    public string InstanceId { get; }

    /// <inheritdoc/>
    /// <remarks>Never before the time of a timer that has fired, however an engine rounds.</remarks>
    public DateTimeOffset UtcNow => _runtime.UtcNow > _passed ? _runtime.UtcNow : _passed;

    /// <summary>What is shown.</summary>
    public WorkflowProgress Progress { get; } = new();

    private bool IsCanceled => _canceled.IsCompleted;

    /// <inheritdoc/>
    public async Task<TOutput> ApplyAsync<TOutput>(IStepInput<TOutput> input)
    {
        var name = StepName.Of(input);
        Check(name, input.Subject);
        return DurablePayload.Read<TOutput>(await Track(StepAsync(CallKind.Step, name, input)), $"output of step \"{name}\"");
    }

    /// <inheritdoc/>
    public Task UndoAsync(IStepInput input) => Track(StepAsync(CallKind.Undo, StepName.Of(input), input));

    /// <inheritdoc/>
    public async Task<TResult> RunAsync<TResult>(IWorkflowInput<TResult> input, bool compensating = false)
    {
        var name = StepName.Of(input);
        if (!compensating)
        {
            Check(name, input.Subject);
        }

        return DurablePayload.Read<TResult>(await Track(ChildAsync(name, input, _isCompensating || compensating)), $"result of workflow \"{name}\"");
    }

    /// <inheritdoc/>
    public async Task DelayAsync(TimeSpan delay)
    {
        var call = BeginWait(CallKind.Delay, "Delay", delay);
        if (!await PauseAsync(delay, isCancelable: true))
        {
            throw Canceled(call);
        }

        End(call);
    }

    /// <inheritdoc/>
    public async Task<TEvent?> WaitForEventAsync<TEvent>(string name, TimeSpan timeout)
        where TEvent : class
    {
        var call = BeginWait(CallKind.Event, name, timeout);
        if (!_inboxes.TryGetValue(name, out var inbox))
        {
            inbox = _inboxes[name] = new EventInbox(_runtime, name);
        }

        var waiter = inbox.Wait();
        if (!waiter.Task.IsCompleted)
        {
            await WithinAsync(timeout, timer => Task.WhenAny(waiter.Task, timer, _canceled));
        }

        if (waiter.Task.IsCompleted)
        {
            End(call);
            return DurableJson.Read<TEvent?>(await waiter.Task, $"event \"{name}\"");
        }

        inbox.GiveUp(waiter);
        if (IsCanceled)
        {
            throw Canceled(call);
        }

        End(call);
        return null;
    }

    /// <inheritdoc/>
    public void Report(string message)
    {
        Progress.Report(message);
        _runtime.Publish(Progress);
    }

    /// <summary>Completes when nothing that the workflow began is still being made.</summary>
    public async Task SettleAsync()
    {
        while (_effects.Find(effect => !effect.IsCompleted) is { } running)
        {
            // The context is kept: an engine's turns run on it.
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task<JsonElement> StepAsync(CallKind kind, string name, IStepInput input)
    {
        var call = Begin(kind, name, input.Subject);
        var json = Write(call, input, $"input of step \"{name}\"");
        while (true)
        {
            StepCall attempt = new(name, input.Subject, kind == CallKind.Undo, call.Attempt, json, _trace);
            var outcome = await Answers.OfStepAsync(_runtime, attempt, uncounted =>
            {
                Progress.Fail(call, uncounted.Code ?? "", uncounted.Message ?? ""); // it is seen why nothing goes on
                _runtime.Publish(Progress);
                return PauseAsync(uncounted.RetryAfter ?? TimeSpan.Zero, isCancelable: kind == CallKind.Step);
            });
            if (outcome.Code is not { } code)
            {
                End(call, unmet: RecordedLook.UnmetIn(outcome.Output?.GetRawText()));
                return outcome.Output ?? DurablePayload.Null;
            }

            var message = outcome.Message ?? "";
            Progress.Fail(call, code, message);
            _runtime.Publish(Progress);
            if (outcome.RetryAfter is not { } delay)
            {
                throw Failed(call, new StepFailedException(name, input.Subject, code, message));
            }

            if (!await PauseAsync(delay, isCancelable: kind == CallKind.Step))
            {
                throw Canceled(call);
            }

            Progress.Retry(call);
            _runtime.Publish(Progress);
        }
    }

    private async Task<JsonElement> ChildAsync(string name, IWorkflowInput input, bool isCompensating)
    {
        var call = Begin(CallKind.Workflow, name, input.Subject);
        WorkflowCall child = new(name, input.Subject, isCompensating, Write(call, input, $"input of workflow \"{name}\""), _trace);
        var id = $"{InstanceId}/{call.Position}";
        if (!isCompensating)
        {
            _cancelableChildren.Add(id);
        }

        var outcome = await Answers.OfChildAsync(_runtime, id, child);
        _cancelableChildren.Remove(id);
        Progress.Absorb(outcome.Revision);
        if (outcome.Failure is { } failure)
        {
            throw Failed(call, new StepFailedException(failure.Step, failure.Subject, failure.Code, failure.Message));
        }

        End(call);
        return outcome.Result ?? DurablePayload.Null;
    }

    private async Task WatchAsync()
    {
        await _runtime.WaitForEventAsync(DurableWorkflow.CancelEvent);
        _cancelableChildren.ForEach(_runtime.CancelChild);
    }

    /// <summary>Waits.</summary>
    /// <returns>False when the workflow was cancelled first.</returns>
    private async Task<bool> PauseAsync(TimeSpan delay, bool isCancelable)
    {
        if (!isCancelable || !IsCanceled)
        {
            return await WithinAsync(delay, async timer => !isCancelable ? await DoneAsync(timer) : await Task.WhenAny(timer, _canceled) == timer);
        }

        return false;
    }

    private static async Task<bool> DoneAsync(Task timer)
    {
        await timer;
        return true;
    }

    private async Task<T> WithinAsync<T>(TimeSpan delay, Func<Task, Task<T>> wait)
    {
        using CancellationTokenSource stop = new();
        var due = UtcNow + delay;
        var timer = _runtime.DelayUntilAsync(due, stop.Token);
        var seen = await wait(timer);
        if (timer.IsCompletedSuccessfully)
        {
            _passed = due > _passed ? due : _passed;
        }
        else
        {
            Stop(stop);
        }

        return seen;
    }

    /// <summary>Not awaited: the callbacks have to run here, within the turn.</summary>
    private static void Stop(CancellationTokenSource timer) => timer.Cancel();

    private CallProgress BeginWait(CallKind kind, string name, TimeSpan length)
    {
        var subject = length.ToString("c", CultureInfo.InvariantCulture);
        Check(name, subject);
        return Begin(kind, name, subject);
    }

    private CallProgress Begin(CallKind kind, string name, string subject)
    {
        var call = Progress.Begin(kind, name, subject, UtcNow);
        _runtime.Publish(Progress);
        return call;
    }

    private void End(CallProgress call, WorkflowState state = WorkflowState.Completed, string? unmet = null)
    {
        Progress.End(call, state, UtcNow, unmet);
        _runtime.Publish(Progress);
    }

    private StepFailedException Failed(CallProgress call, StepFailedException failure)
    {
        Progress.Fail(call, failure.Code, failure.Message);
        End(call, WorkflowOutcome.StateOf(failure.Code));
        return failure;
    }

    private StepFailedException Canceled(CallProgress call)
    {
        var last = call.ErrorMessage is null ? "" : $"; its last attempt failed: {call.ErrorMessage}";
        return Failed(call, new StepFailedException(call.Name, call.Subject, StepFailedException.Canceled, $"cannot finish \"{call.Name}\": the workflow was cancelled{last}"));
    }

    private JsonElement Write(CallProgress call, IStepInput input, string what)
    {
        try
        {
            return DurablePayload.Write(input, what);
        }
        catch (CatalogException tooLarge)
        {
            throw Failed(call, new StepFailedException(call.Name, input.Subject, tooLarge.Code, tooLarge.Message)); // a saga undoes because of it
        }
    }

    private Task<T> Track<T>(Task<T> effect)
    {
        _effects.RemoveAll(known => known.IsCompleted);
        _effects.Add(effect);
        return effect;
    }

    private void Check(string name, string subject)
    {
        if (IsCanceled)
        {
            throw new StepFailedException(name, subject, StepFailedException.Canceled, $"cannot begin \"{name}\": the workflow was cancelled");
        }

        if (Progress.Count >= MaxCalls)
        {
            throw new StepFailedException(name, subject, DurableWorkflow.HistoryTooLong, $"cannot begin \"{name}\": the workflow has made {MaxCalls} calls");
        }
    }
}
