using System.Collections.Concurrent;
using Baas.Core.Workflows.Engine.Durable;

namespace Baas.Functions.Tests.Azure.DurableTask;

/// <summary>Durable Task's own clock cannot be moved: timers become events here that a test raises when it lets the time pass.</summary>
internal sealed class PassableRuntime(IDurableRuntime inner, string engineId, ConcurrentDictionary<(string Instance, string Event), TimeSpan> timers) : IDurableRuntime
{
    private int _count;

    public DateTimeOffset UtcNow => inner.UtcNow;

    public Task<StepOutcome> RunStepAsync(StepCall call) => inner.RunStepAsync(call);

    public Task<WorkflowOutcome> RunChildAsync(string instanceId, WorkflowCall call) => inner.RunChildAsync(instanceId, call);

    public Task DelayUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        var timer = (engineId, $"timer-{_count++}");
        timers.TryAdd(timer, due - inner.UtcNow); // a replay finds it there already
        return inner.WaitForEventAsync(timer.Item2);
    }

    public Task<string> WaitForEventAsync(string name) => inner.WaitForEventAsync(name);

    public void CancelChild(string instanceId) => inner.CancelChild(instanceId);

    public void Publish(WorkflowProgress progress) => inner.Publish(progress);
}
