namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>
/// The events of one name. One wait for the engine's next event is always open and never given up; who waits here may give up.
/// </summary>
internal sealed class EventInbox
{
    private readonly Queue<string> _events = new();
    private readonly LinkedList<TaskCompletionSource<string>> _waiters = new();

    /// <summary>Opens the inbox.</summary>
    public EventInbox(IDurableRuntime runtime, string name) => _ = PumpAsync(runtime, name);

    /// <summary>The next event for this waiter; completed at once when one is there.</summary>
    public TaskCompletionSource<string> Wait()
    {
        TaskCompletionSource<string> waiter = new(); // continuations run in line, as the order has to be repeatable
        if (_events.TryDequeue(out var payload))
        {
            waiter.SetResult(payload);
        }
        else
        {
            _waiters.AddLast(waiter);
        }

        return waiter;
    }

    /// <summary>A waiter gives up: the next event is for somebody else.</summary>
    public void GiveUp(TaskCompletionSource<string> waiter) => _waiters.Remove(waiter);

    private async Task PumpAsync(IDurableRuntime runtime, string name)
    {
        while (true)
        {
            var payload = await runtime.WaitForEventAsync(name);
            if (_waiters.First is { Value: var waiter })
            {
                _waiters.RemoveFirst();
                waiter.SetResult(payload);
            }
            else
            {
                _events.Enqueue(payload);
            }
        }
    }
}
