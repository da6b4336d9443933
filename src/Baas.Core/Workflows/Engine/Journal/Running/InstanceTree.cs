using System.Diagnostics;
using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>A root workflow with its children: they share a pump, a lock, a revision and a trace.</summary>
internal sealed class InstanceTree
{
    private readonly Pump _pump = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly TreeRevision _revision;
    private readonly TaskCompletionSource<bool> _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isLive;
    private bool _isInTurn; // read and written on the pump's thread only

    /// <summary>Makes a tree from what is recorded, the root first; or from a new root.</summary>
    public InstanceTree(Shared shared, IReadOnlyList<InstanceHistory> histories)
    {
        Shared = shared;
        _revision = new TreeRevision(shared.FirstRevision);
        foreach (var history in histories)
        {
            _instances.Add(history.Row.Id, new Instance(this, history));
        }

        Root = _instances[histories[0].Row.Id];
    }

    public Shared Shared { get; }

    /// <summary>The instance that somebody outside started.</summary>
    public Instance Root { get; }

    /// <summary>The current turn; only within a turn.</summary>
    public Turn Turn { get; private set; } = new();

    /// <summary>Whether recorded results are being handed out, so that nothing is written and nothing begins.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>The trace; null when nobody traces.</summary>
    public Activity? Trace { get; init; }

    /// <summary>The parent of the steps' spans.</summary>
    public ActivityContext TraceContext => Trace?.Context ?? default;

    /// <summary>Completes when the root is on disk.</summary>
    public Task Recorded => _recorded.Task;

    /// <summary>Whether this is the state to show: the root is on record and its end is not.</summary>
    public bool IsLive => _isLive;

    /// <summary>Whether the caller is code of this tree's workflows, within a turn.</summary>
    public bool IsInTurn => SynchronizationContext.Current == _pump && _isInTurn;

    /// <summary>The first reason for which the tree cannot go on; null for none.</summary>
    public JournalException? Mismatch { get; private set; }

    /// <summary>Records the root and begins it; forgets the tree when the id is known already.</summary>
    public void Create()
    {
        var row = Root.Row;
        var isNew = false;
        Turn turn = new();
        turn.Write(commands => isNew = commands.AddInstance(row));
        turn.WhenCommitted(() =>
        {
            if (!isNew)
            {
                Shared.Forget(this);
                return;
            }

            _isLive = true;
            Post(Root, Root.Begin);
        });
        turn.Acknowledge(_recorded);
        Shared.Writer.Submit(turn);
    }

    /// <summary>Runs all unfinished instances again from their starts against what is recorded, then goes on.</summary>
    public void Resume()
    {
        _recorded.TrySetResult(true);
        _isLive = true;
        Post(Root, () =>
        {
            Instance[] unfinished = [.. _instances.Values.Where(instance => instance.Row.EndedAt is null)];
            IsReplaying = true;
            foreach (var instance in unfinished.TakeWhile(_ => Mismatch is null))
            {
                instance.RunAgain(_pump);
            }

            IsReplaying = false;
            foreach (var instance in unfinished)
            {
                if (Mismatch is null)
                {
                    // First all beginnings, then what the recorded calls still owe: a cancellation must not come before a beginning.
                    instance.BeginIfNew();
                }
                else
                {
                    instance.Abort(Mismatch);
                }
            }

            Array.ForEach(Mismatch is null ? unfinished : [], instance => instance.GoOn());
        });
    }

    /// <summary>Queues a turn of an instance.</summary>
    public void Post(Instance instance, Action work) => _pump.Enqueue(() => Run(instance, work));

    /// <summary>The instance of this id; null when there is none. Only within a turn or a look.</summary>
    public Instance? Find(string id) => _instances.GetValueOrDefault(id);

    /// <summary>Adds a child and queues its beginning.</summary>
    public Instance Add(InstanceRow row)
    {
        var child = new Instance(this, new InstanceHistory(row, [], []));
        _instances.Add(row.Id, child);
        Turn.Write(commands => commands.AddInstance(row));
        Post(child, child.Begin);
        return child;
    }

    /// <summary>The code does not fit the history: stops the whole tree.</summary>
    public void Break(JournalException mismatch) => Mismatch ??= mismatch;

    /// <summary>Looks at the tree between two turns.</summary>
    public T Look<T>(Func<long, T> look)
    {
        lock (_lock)
        {
            return look(_revision.Current);
        }
    }

    /// <summary>Completes when the revision is another than <paramref name="seen"/>.</summary>
    public Task ChangedAsync(long seen) => _revision.ChangedAsync(seen);

    /// <summary>Something that people see has changed.</summary>
    public void Touch() => _revision.Touch();

    /// <summary>The revision under which the root's end will be seen; nothing else is from now on.</summary>
    public long LastRevision() => _revision.Freeze();

    /// <summary>The root's end is on disk.</summary>
    public void End()
    {
        _isLive = false;
        Shared.Forget(this);
        _revision.Thaw();
        Trace?.SetStatus(Root.Row.Failure is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, Root.Row.Failure?.Code).Dispose();
    }

    private void Run(Instance instance, Action work)
    {
        if (Shared.Stopping.IsCancellationRequested)
        {
            return;
        }

        lock (_lock)
        {
            _isInTurn = true;
            work();
            _pump.Drain();
            instance.Settle();
            _isInTurn = false;
            if (Turn.IsEmpty)
            {
                return;
            }

            Shared.Writer.Submit(Turn);
            Turn = new Turn();
        }

        Touch();
    }
}
