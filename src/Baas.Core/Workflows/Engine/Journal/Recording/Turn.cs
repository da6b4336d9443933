namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>
/// All that one turn of a workflow changed: the result that it was handed and every call that it made of it. A turn is in the file as a
/// whole or not at all.
/// </summary>
internal sealed class Turn
{
    private readonly List<Action<JournalCommands>> _changes = [];
    private readonly List<Action> _onCommit = [];
    private readonly List<Action<JournalException>> _onFailure = [];

    /// <summary>Whether it has to survive a loss of power before anything may follow from it; a crash of the process it survives in any case.</summary>
    public bool IsDurable { get; set; }

    /// <summary>Whether nothing has happened.</summary>
    public bool IsEmpty => _changes.Count == 0 && _onCommit.Count == 0;

    /// <summary>Adds a change of the file. It runs on the writer's thread, so it may hold unchangeable rows only.</summary>
    public void Write(Action<JournalCommands> change) => _changes.Add(change);

    /// <summary>Runs on the writer's thread after the commit; has to be short.</summary>
    public void WhenCommitted(Action action) => _onCommit.Add(action);

    /// <summary>Answers a caller after the commit.</summary>
    public void Acknowledge(TaskCompletionSource<bool> caller)
    {
        IsDurable = true;
        _onCommit.Add(() => caller.TrySetResult(true));
        _onFailure.Add(failure => caller.TrySetException(failure));
    }

    /// <summary>Makes the changes within the open transaction.</summary>
    public void Apply(JournalCommands commands) => _changes.ForEach(change => change(commands));

    /// <summary>Tells that all is in the file.</summary>
    public void Committed() => _onCommit.ForEach(action => action());

    /// <summary>Tells that nothing of it will be.</summary>
    public void Failed(JournalException failure) => _onFailure.ForEach(action => action(failure));
}
