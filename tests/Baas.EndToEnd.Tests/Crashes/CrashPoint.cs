using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.EndToEnd.Tests.Crashes;

/// <summary>Counts the writes of a journal, and stops the engine at one of them.</summary>
internal sealed class CrashPoint
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommitStage _stage;
    private int _at = int.MaxValue;
    private int _writes;

    /// <summary>Completes when the engine has been stopped.</summary>
    public Task Reached => _reached.Task;

    /// <summary>The writes since it was armed.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Stops at the given write from now on, from 1; never when it is null.</summary>
    public void Arm(CommitStage stage, int? at)
    {
        _stage = stage;
        _at = at ?? int.MaxValue;
        Volatile.Write(ref _writes, 0);
    }

    /// <summary>Asked by the engine.</summary>
    public bool Crashes(CommitStage stage)
    {
        if (stage != _stage || Interlocked.Increment(ref _writes) != _at)
        {
            return false;
        }

        _reached.TrySetResult();
        return true;
    }
}
