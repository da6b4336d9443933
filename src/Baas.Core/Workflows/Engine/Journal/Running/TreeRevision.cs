namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>The revision of a tree, and those who wait for another one.</summary>
internal sealed class TreeRevision(long first)
{
    private readonly Lock _lock = new();
    private long _current = first;
    private bool _isFrozen;
    private TaskCompletionSource? _waiting;

    public long Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>Counts a change and wakes who waits.</summary>
    public void Touch() => Wake(thaw: false);

    /// <summary>Counts no more changes until <see cref="Thaw"/>.</summary>
    /// <returns>The revision after that.</returns>
    public long Freeze()
    {
        lock (_lock)
        {
            _isFrozen = true;
            return _current + 1;
        }
    }

    /// <summary>Counts the last change and wakes who waits.</summary>
    public void Thaw() => Wake(thaw: true);

    /// <summary>Completes when the revision is another than <paramref name="seen"/>.</summary>
    public Task ChangedAsync(long seen)
    {
        lock (_lock)
        {
            return _current != seen ? Task.CompletedTask : (_waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Wake(bool thaw)
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            _isFrozen &= !thaw;
            if (_isFrozen)
            {
                return;
            }

            _current++;
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.TrySetResult();
    }
}
