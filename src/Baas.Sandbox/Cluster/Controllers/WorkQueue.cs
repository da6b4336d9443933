namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>
/// Works on keys, several at a time but never one key twice at once. A key that is added while it is worked on is worked on
/// once more; a failed key comes back after a growing delay.
/// </summary>
/// <typeparam name="TKey">What names a piece of work.</typeparam>
internal sealed class WorkQueue<TKey> : IAsyncDisposable
    where TKey : notnull
{
    private const int MaxParallel = 4;

    private static readonly BackOff Retry = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(30));

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly Queue<TKey> _ready = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TKey, TimeSpan?> _work;
    private readonly Action<TKey, Exception> _onFailure;
    private readonly TimeProvider _clock;
    private int _running;
    private bool _isClosed;

    /// <summary>Makes a queue; nothing runs before a key is added.</summary>
    /// <param name="work">Does the work; gives the delay after which to look again, or null.</param>
    /// <param name="onFailure">Hears of every failure; the retry is the queue's own.</param>
    /// <param name="clock">Measures the delays.</param>
    public WorkQueue(Func<TKey, TimeSpan?> work, Action<TKey, Exception> onFailure, TimeProvider clock) =>
        (_work, _onFailure, _clock) = (work, onFailure, clock);

    private enum Phase
    {
        Delayed,
        Queued,
        Running,
        RunningAgain,
    }

    /// <summary>Asks for work on a key, soon.</summary>
    public void Add(TKey key)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry = new Entry();
            }

            if (entry.Phase is Phase.Running)
            {
                entry.Phase = Phase.RunningAgain;
            }
            else if (entry.Phase is Phase.Delayed)
            {
                Queue(key, entry);
            }
        }
    }

    /// <summary>Takes no more work and completes when what runs has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            _ready.Clear();
            foreach (var entry in _entries.Values)
            {
                entry.Timer?.Dispose();
            }

            if (_running == 0)
            {
                _drained.TrySetResult();
            }
        }

        await _drained.Task;
    }

    private void Queue(TKey key, Entry entry)
    {
        entry.Timer?.Dispose();
        entry.Timer = null;
        entry.Phase = Phase.Queued;
        _ready.Enqueue(key);
        if (_running < MaxParallel)
        {
            _running++;
            ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Drain(), this, preferLocal: false);
        }
    }

    private void Drain()
    {
        while (Next(out var key))
        {
            TimeSpan? again = null;
            Exception? failure = null;
            try
            {
                again = _work(key);
            }
            catch (Exception caught) // a border: one key's failure is reported and retried, the others go on
            {
                failure = caught;
                _onFailure(key, caught);
            }

            Finish(key, again, failure is not null);
        }
    }

    private bool Next(out TKey key)
    {
        lock (_lock)
        {
            if (!_isClosed && _ready.TryDequeue(out key!))
            {
                _entries[key].Phase = Phase.Running;
                return true;
            }

            key = default!; // not read by the caller
            if (--_running == 0 && _isClosed)
            {
                _drained.TrySetResult();
            }

            return false;
        }
    }

    private void Finish(TKey key, TimeSpan? again, bool failed)
    {
        lock (_lock)
        {
            var entry = _entries[key];
            var isWantedAgain = entry.Phase is Phase.RunningAgain;
            entry.Phase = Phase.Delayed;
            entry.Failures = failed ? entry.Failures + 1 : 0;
            if (_isClosed)
            {
                return;
            }

            var delay = failed ? Retry.After(entry.Failures) : again;
            if (isWantedAgain && !failed)
            {
                Queue(key, entry);
            }
            else if (delay is { } wait)
            {
                entry.Timer = _clock.CreateTimer(_ => Add(key), null, wait, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _entries.Remove(key);
            }
        }
    }

    private sealed class Entry
    {
        public Phase Phase { get; set; } = Phase.Delayed;

        public int Failures { get; set; }

        public ITimer? Timer { get; set; }
    }
}
