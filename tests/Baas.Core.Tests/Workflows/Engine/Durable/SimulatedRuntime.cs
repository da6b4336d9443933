using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Durable;

namespace Baas.Core.Tests.Workflows.Engine.Durable;

/// <summary>One turn: the workflow runs again from its start, and results come in the order of the history.</summary>
internal sealed class SimulatedRuntime(DateTimeOffset now) : IDurableRuntime
{
    private readonly Dictionary<string, Queue<string>> _buffered = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<TaskCompletionSource<string>>> _waiting = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the workflow asked for: a description, how it is handed its result, and the operation.</summary>
    public List<(string Text, TaskCompletionSource<string> Result, object Operation)> Operations { get; } = [];

    /// <summary>Children that are to be cancelled, in the order of the requests.</summary>
    public List<string> Cancellations { get; } = [];

    public WorkflowProgress? Progress { get; private set; }

    public DateTimeOffset UtcNow { get; set; } = now;

    public async Task<StepOutcome> RunStepAsync(StepCall call) => DurableJson.Read<StepOutcome>(await Ask($"{call}", call), "an outcome");

    public async Task<WorkflowOutcome> RunChildAsync(string instanceId, WorkflowCall call) =>
        DurableJson.Read<WorkflowOutcome>(await Ask($"{instanceId} {call}", (instanceId, call)), "an outcome");

    public Task DelayUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        var fired = Ask($"timer", due);
        var result = Operations[^1].Result;
        cancellationToken.Register(() => result.TrySetCanceled(cancellationToken));
        return fired;
    }

    public Task<string> WaitForEventAsync(string name)
    {
        TaskCompletionSource<string> waiter = new();
        if (_buffered.TryGetValue(name, out var events) && events.TryDequeue(out var json))
        {
            waiter.SetResult(json);
        }
        else
        {
            (_waiting.TryGetValue(name, out var waiters) ? waiters : _waiting[name] = new()).Enqueue(waiter);
        }

        return waiter.Task;
    }

    public void CancelChild(string instanceId) => Cancellations.Add(instanceId);

    public void Publish(WorkflowProgress progress) => Progress = progress;

    /// <summary>Hands over an event.</summary>
    public void Deliver(string name, string json)
    {
        if (_waiting.TryGetValue(name, out var waiters) && waiters.TryDequeue(out var waiter))
        {
            waiter.SetResult(json);
        }
        else
        {
            (_buffered.TryGetValue(name, out var events) ? events : _buffered[name] = new()).Enqueue(json);
        }
    }

    private Task<string> Ask(string text, object operation)
    {
        TaskCompletionSource<string> result = new();
        Operations.Add((text, result, operation));
        return result.Task;
    }
}
