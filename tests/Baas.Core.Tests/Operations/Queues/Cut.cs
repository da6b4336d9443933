using Baas.Core.Storage;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>Counts what leaves a process, and lets the process die at one of these acts: nothing works from then on.</summary>
internal sealed class Cut
{
    private int _at = int.MaxValue;
    private bool _isDone;

    /// <summary>The acts so far.</summary>
    public int Acts { get; private set; }

    public bool IsDead { get; private set; }

    /// <summary>Dies at the given act, from 1.</summary>
    /// <param name="act">Which act.</param>
    /// <param name="isDone">Whether that one is still done.</param>
    public void DieAt(int act, bool isDone) => (_at, _isDone) = (act, isDone);

    public async Task<T> ActAsync<T>(Func<Task<T>> act)
    {
        ThrowIfDead();
        if (++Acts < _at)
        {
            return await act();
        }

        IsDead = true;
        if (_isDone)
        {
            await act();
        }

        throw Dead();
    }

    public Task ActAsync(Func<Task> act) => ActAsync(async () =>
    {
        await act();
        return true;
    });

    public void ThrowIfDead()
    {
        if (IsDead)
        {
            throw Dead();
        }
    }

    private static StorageException Dead() => new("storage-unavailable", "cannot go on: a test wants this process to be dead") { IsTransient = true };
}
