using System.Collections.Concurrent;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>
/// Runs all code of one root workflow and its children, one turn after the other, never on two threads at once. A turn's continuations are
/// run to their end before the next turn begins; so a workflow's code depends on the order of its results only, and that is recorded.
/// </summary>
internal sealed class Pump : SynchronizationContext, IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Action> _turns = new();
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _continuations = new();
    private int _scheduled;

    /// <summary>Queues a turn. Never blocks.</summary>
    public void Enqueue(Action turn)
    {
        _turns.Enqueue(turn);
        Schedule();
    }

    /// <summary>Runs the continuations of the current turn; only within a turn.</summary>
    public void Drain()
    {
        while (_continuations.TryDequeue(out var continuation))
        {
            continuation.Callback(continuation.State);
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        _continuations.Enqueue((d, state));
        Schedule();
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("a workflow's code cannot be waited for");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            do
            {
                Drain(); // of code that awaited something foreign; its next call is refused
                if (_turns.TryDequeue(out var turn))
                {
                    turn();
                }
            }
            while (!IsIdle);
        }
        finally
        {
            SetSynchronizationContext(before);
        }

        Volatile.Write(ref _scheduled, 0);
        if (!IsIdle)
        {
            Schedule();
        }
    }

    private bool IsIdle => _turns.IsEmpty && _continuations.IsEmpty;

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
