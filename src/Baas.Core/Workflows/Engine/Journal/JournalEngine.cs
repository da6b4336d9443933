using System.Collections.Concurrent;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.Core.Workflows.Engine.Journal.Running;
using Microsoft.Extensions.Logging;

namespace Baas.Core.Workflows.Engine.Journal;

/// <summary>The embedded workflow engine: one process, one file.</summary>
/// <remarks>
/// A child's id is its parent's id, a slash and the position of the call (<c>op-1/3</c>); ids of roots hold no slash. Steps run at least once: one
/// whose result was not in the file when the process ended runs again. Start, events and cancellations are on disk when their task completes.
/// </remarks>
internal sealed class JournalEngine(JournalOptions options, WorkflowCatalog catalog, IServiceProvider services, TimeProvider clock, ILogger<JournalEngine> logger)
    : IWorkflowClient, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, InstanceTree> _trees = new(StringComparer.Ordinal);
    private readonly HashSet<string> _setAside = new(StringComparer.Ordinal); // filled by the start, only read afterwards
    private readonly CancellationTokenSource _stopping = new();
    private JournalFile? _file;
    private JournalWriter? _writer;
    private JournalReader? _reader;
    private StatusReader? _statuses;
    private Shared? _shared;
    private int _disposed;

    /// <summary>How many root workflows are held in memory: those that have not ended.</summary>
    public int Unfinished => _trees.Count;

    /// <summary>Faults when the file cannot be written any more: nothing goes on then, and the host has to end. Completes when the engine has stopped.</summary>
    public Task Completion => Writer.Ended;

    private JournalWriter Writer => _writer ?? throw NotStarted();

    private JournalReader Reader => _reader ?? throw NotStarted();

    private StatusReader Statuses => _statuses ?? throw NotStarted();

    private Shared Shared => _shared ?? throw NotStarted();

    /// <summary>Opens the file and resumes all workflows that have not ended. What a newer version has begun and this one does not know stays as it is. Once.</summary>
    /// <exception cref="JournalException">The file is in use, newer than this version, or unreadable.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            throw new InvalidOperationException("the engine has been started");
        }

        cancellationToken.ThrowIfCancellationRequested();
        _file = JournalFile.Open(options.Path);
        var firstRevision = _file.CountStart() << 32; // above all revisions of earlier runs
        _reader = new JournalReader(_file);
        _writer = new JournalWriter(_file, options);
        _shared = new Shared(options, catalog, clock, logger, _writer, _reader.LargestKeys(), firstRevision, _stopping.Token)
        {
            Steps = new StepRunner(options.ParallelSteps, catalog, services, clock, _stopping.Token),
            Forget = tree => _trees.TryRemove(KeyValuePair.Create(tree.Root.Row.Id, tree)),
        };
        _statuses = new StatusReader(_trees, _reader, clock, _stopping.Token);
        _ = WatchAsync(_writer);

        // First all are loaded, then all go on: a crash in between leaves nothing half-resumed.
        foreach (var root in _reader.UnfinishedRoots())
        {
            var histories = _reader.Load(root);
            if (Strangers.FindIn(histories, catalog) is { } stranger)
            {
                _setAside.Add(root);
                logger.SetAside(root, stranger);
                continue;
            }

            _trees[root] = new InstanceTree(_shared, histories) { Trace = WorkflowTrace.Resume(histories[0].Row) };
        }

        foreach (var tree in _trees.Values)
        {
            tree.Resume();
        }

        logger.Resumed(_trees.Count, options.Path);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="BaasException">The workflow is unknown, the input is too large, or the engine stops.</exception>
    public async Task StartAsync(string instanceId, IWorkflowInput input, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentNullException.ThrowIfNull(input);
        if (instanceId.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException("the id of a root workflow must not hold a slash", nameof(instanceId));
        }

        if (_setAside.Contains(instanceId))
        {
            return; // it has been started, by a version that knows it
        }

        var known = _trees.GetValueOrDefault(instanceId);
        if (known is null)
        {
            var tree = Make(instanceId, input);
            known = _trees.GetOrAdd(instanceId, tree);
            if (ReferenceEquals(known, tree))
            {
                tree.Create();
            }
        }

        await AnswerAsync(known.Recorded, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WorkflowStatus?> GetStatusAsync(string instanceId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Statuses.Get(instanceId));
    }

    /// <inheritdoc/>
    public Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken) =>
        Statuses.WaitForChangeAsync(instanceId, seen, timeout, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="BaasException">The payload is too large, too many events wait, or the engine stops.</exception>
    public Task<bool> RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken)
    {
        var json = DurableJson.Write(payload, $"event \"{name}\"");
        return AskAsync(instanceId, (instance, caller) => instance.Raise(name, json, caller), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> CancelAsync(string instanceId, CancellationToken cancellationToken) => AskAsync(
        instanceId,
        (instance, caller) =>
        {
            if (instance.Cancel())
            {
                instance.Tree.Turn.Acknowledge(caller);
            }
            else
            {
                caller.TrySetResult(false);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (_trees.ContainsKey(instanceId) || _setAside.Contains(instanceId) || Reader.RootOf(instanceId) != instanceId)
        {
            return;
        }

        TaskCompletionSource<bool> caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Turn turn = new();
        turn.Write(commands => commands.Purge(instanceId));
        turn.Acknowledge(caller);
        Writer.Submit(turn);
        await AnswerAsync(caller.Task, cancellationToken);
    }

    /// <summary>Stops: running steps are told and, after a while, abandoned; they run again on the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        if (_shared is { } shared && _writer is { } writer)
        {
            if (!await shared.Steps.DrainAsync(options.StopPatience))
            {
                logger.StepsAbandoned(options.StopPatience);
            }

            await writer.CompleteAsync();
        }

        _writer?.Dispose();
        _file?.Dispose();
        _stopping.Dispose();
    }

    private static InvalidOperationException NotStarted() => new("the engine has not been started");

    private InstanceTree Make(string instanceId, IWorkflowInput input)
    {
        var workflow = catalog.Workflow(StepName.Of(input)).Name;
        var trace = WorkflowTrace.Begin(workflow, instanceId);
        InstanceRow row = new()
        {
            Key = Shared.NextInstanceKey(),
            Id = instanceId,
            Root = instanceId,
            Workflow = workflow,
            Subject = input.Subject,
            Input = DurableJson.Write(input, $"input of workflow \"{workflow}\""),
            TraceParent = trace?.Id,
            CreatedAt = clock.GetUtcNow(),
        };
        return new InstanceTree(Shared, [new InstanceHistory(row, [], [])]) { Trace = trace };
    }

    private async Task<bool> AskAsync(string instanceId, Action<Instance, TaskCompletionSource<bool>> ask, CancellationToken cancellationToken)
    {
        if (!_trees.TryGetValue(InstanceRow.RootOf(instanceId), out var tree))
        {
            return false;
        }

        await AnswerAsync(tree.Recorded, cancellationToken);
        TaskCompletionSource<bool> caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
        tree.Post(tree.Root, () =>
        {
            if (tree.Find(instanceId) is { } instance)
            {
                ask(instance, caller);
            }
            else
            {
                caller.TrySetResult(false);
            }
        });
        await AnswerAsync(caller.Task, cancellationToken);
        return await caller.Task;
    }

    private async Task AnswerAsync(Task answer, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        try
        {
            await answer.WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw JournalException.Stopping();
        }
    }

    private async Task WatchAsync(JournalWriter writer)
    {
        try
        {
            await writer.Ended;
        }
        catch (JournalException failure)
        {
            logger.EngineBroken(failure.Message, failure);
        }
    }
}
