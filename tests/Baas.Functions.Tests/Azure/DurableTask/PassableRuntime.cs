using System.Collections.Concurrent;
using Baas.Core.Workflows.Engine.Durable;

namespace Baas.Functions.Tests.Azure.DurableTask;

/// <summary>Durable Task's own clock cannot be moved: timers become events here that a test raises when it lets the time pass.</summary>
internal sealed class PassableRuntime(IDurableRuntime inner, string engineId, ConcurrentDictionary<(string Instance, string Event), TimeSpan> timers) : IDurableRuntime
{
    private int _count;
    private DateTimeOffset _passed;

    public DateTimeOffset UtcNow => inner.UtcNow;

    public Task<StepOutcome> RunStepAsync(StepCall call) => inner.RunStepAsync(call);

    public Task<WorkflowOutcome> RunChildAsync(string instanceId, WorkflowCall call) => inner.RunChildAsync(instanceId, call);

    public async Task DelayUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        var delay = due - (inner.UtcNow > _passed ? inner.UtcNow : _passed);
        if (delay == StepOutcome.BeforeAnotherHost)
        {
            await inner.DelayUntilAsync(inner.UtcNow + delay, cancellationToken); // no test lets this pass: it is the engine's own
            _passed = due;
            return;
        }

        var timer = (engineId, $"timer-{_count++}");
        timers.TryAdd(timer, delay); // a replay finds it there already
        await inner.WaitForEventAsync(timer.Item2);
        _passed = due; // before the engine's own clock says so
    }

    public Task<string> WaitForEventAsync(string name) => inner.WaitForEventAsync(name);

    public void CancelChild(string instanceId) => inner.CancelChild(instanceId);

    public void Publish(WorkflowProgress progress) => inner.Publish(progress);
}
