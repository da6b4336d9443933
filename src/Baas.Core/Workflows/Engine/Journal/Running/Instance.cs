using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>
/// One running workflow. All of its methods run within turns of its tree. A result is handed to the workflow at once, before it is in the
/// file: what the workflow makes of it has an effect only after the turn, and all before it, is in the file.
/// </summary>
internal sealed class Instance
{
    private readonly InstanceHistory _history;
    private readonly Replay _replay;
    private readonly CallRunner _runner;
    private readonly List<Call> _calls = [];
    private readonly List<Call> _pending = [];
    private Task<string>? _body;
    private long _sequence;

    public Instance(InstanceTree tree, InstanceHistory history)
    {
        Tree = tree;
        _history = history;
        Row = history.Row;
        Now = Row.CreatedAt;
        _replay = new Replay(this, history);
        _runner = new CallRunner(this, history.Events);
    }

    public InstanceTree Tree { get; }

    /// <summary>What is recorded of it, or will be with the turn.</summary>
    public InstanceRow Row { get; private set; }

    /// <summary>The time of the result that the workflow was handed last.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Whether it has been told that it is cancelled.</summary>
    public bool IsCanceled { get; private set; }

    /// <summary>Whether it may make another call that is no undoing.</summary>
    public bool IsFull => _calls.Count >= Tree.Shared.Options.MaxCalls;

    /// <summary>The call of the parent; null for a root.</summary>
    public Call? CalledBy { get; set; }

    /// <summary>How many calls it has made.</summary>
    public int CallCount => _calls.Count;

    /// <summary>
    /// What people see. Calls of an instance that ended before this start of the engine come from the file; a root's end is not shown
    /// before it is there.
    /// </summary>
    public InstanceHistory Shown => new(
        Row is { IsRoot: true, EndedAt: not null } ? Row with { State = WorkflowState.Running, EndedAt = null, Failure = null, Result = null } : Row,
        _calls.Count == 0 ? _history.Calls : [.. _calls.Select(call => call.Shown)],
        []);

    /// <summary>Runs the workflow's code from its start.</summary>
    public void Begin()
    {
        Tree.Shared.Logger.WorkflowStarted(Row.Workflow, Row.Id);
        RunBody();
    }

    /// <summary>Runs the code again and hands out the recorded results in their order.</summary>
    public void RunAgain(Pump pump) => _replay.Run(pump);

    /// <summary>Runs the workflow's code up to its first wait.</summary>
    public void RunBody()
    {
        _body = Tree.Shared.Catalog.Workflows.Contains(Row.Workflow)
            ? Tree.Shared.Catalog.Workflow(Row.Workflow).RunAsync(new InstanceContext(this), Row.Input)
            : Task.FromException<string>(new CatalogException(CatalogException.WorkflowUnknown, $"cannot run workflow \"{Row.Workflow}\": it is not registered"));

        // Code that awaited something foreign ends outside of a turn, and its end would go unnoticed.
        _ = _body.ContinueWith(_ => NoticeEnd(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Hands a recorded outcome to the workflow once more.</summary>
    public void AgainEnded(CallRow ended)
    {
        (_sequence, Now) = (ended.Sequence, ended.EndedAt ?? Now);
        End(_calls[ended.Position], ended);
    }

    /// <summary>Tells the workflow once more that it is cancelled.</summary>
    public void AgainCanceled() => (_sequence, Now, IsCanceled) = (Row.CanceledSequence, Row.CanceledAt ?? Now, true);

    /// <summary>Begins an instance of which nothing is recorded but its start.</summary>
    public void BeginIfNew()
    {
        if (_body is null)
        {
            Tree.Post(this, Begin);
        }
    }

    /// <summary>After a replay: carries out what recorded calls still owe.</summary>
    public void GoOn()
    {
        Array.ForEach([.. _pending], _runner.Launch);
        if (IsCanceled)
        {
            _runner.Cancel(_pending);
        }

        Settle();
    }

    /// <summary>Records a call that the workflow makes.</summary>
    public Task<string> Make(Call call)
    {
        _calls.Add(call);
        _pending.Add(call);
        if (Tree.IsReplaying)
        {
            _replay.Match(call);
            return call.Completion;
        }

        var row = call.Row;
        Tree.Turn.Write(commands => commands.PutCall(row));
        Tree.Turn.IsDurable |= IsDecision(call);
        if (call is { Row.Kind: CallKind.Workflow, Refusal: null })
        {
            _runner.StartChild(call);
        }
        else
        {
            Tree.Turn.WhenCommitted(() => _runner.Launch(call));
        }

        return call.Completion;
    }

    /// <summary>A row for the next call.</summary>
    public CallRow NextCall(CallKind kind, string name, string subject, string inputHash) => new()
    {
        Instance = Row.Key,
        Position = _calls.Count,
        Kind = kind,
        Name = name,
        Subject = subject,
        InputHash = inputHash,
        StartedAt = Tree.Shared.Clock.GetUtcNow(),
    };

    /// <summary>Hands an outcome to the workflow and records it.</summary>
    public void Deliver(Call call, Outcome outcome)
    {
        if (call.Row.IsEnded || Row.EndedAt is not null)
        {
            return;
        }

        Advance();
        var row = call.Row with
        {
            State = outcome.State,
            Output = outcome.Output,
            ErrorStep = outcome.Step,
            ErrorSubject = outcome.Subject,
            ErrorCode = outcome.Code ?? call.Row.ErrorCode,
            ErrorMessage = outcome.Message ?? call.Row.ErrorMessage,
            NextAttemptAt = null,
            Sequence = _sequence,
            EndedAt = Now,
        };
        Tree.Turn.Write(commands => commands.PutCall(row));

        // A success would come again if it was lost with the power; a failure might not, and what is undone because of it has to stay undone.
        Tree.Turn.IsDurable |= outcome.State != WorkflowState.Completed;
        End(call, row);
    }

    /// <summary>An attempt of a step has ended.</summary>
    public void EndAttempt(Call call, string? output, StepFault? fault) => _runner.EndAttempt(call, output, fault);

    /// <summary>Cancels the instance.</summary>
    /// <returns>False when it has ended or runs to its end in any case.</returns>
    public bool Cancel()
    {
        if (Row.IsCompensating || Row.EndedAt is not null)
        {
            return false;
        }

        if (!IsCanceled)
        {
            Advance();
            IsCanceled = true;
            Change(Row with { CanceledSequence = _sequence, CanceledAt = Now });
            Tree.Turn.IsDurable = true;
            _runner.Cancel(_pending);
        }

        return true;
    }

    /// <summary>Takes an event.</summary>
    public void Raise(string name, string payload, TaskCompletionSource<bool> caller)
    {
        if (Row.EndedAt is not null)
        {
            caller.TrySetResult(false);
            return;
        }

        _runner.Events.Add(name, payload, caller);
    }

    /// <summary>The oldest call that waits for an event of this name.</summary>
    public Call? WaiterFor(string name) => _pending.Find(call => call.Row.Kind == CallKind.Event && call.Row.Name == name);

    /// <summary>Shows a message.</summary>
    public void Report(string message)
    {
        if (!Tree.IsReplaying)
        {
            Change(Row with { Message = message });
        }
    }

    /// <summary>Ends the instance when its code has ended and nothing that it began is still being made.</summary>
    public void Settle()
    {
        if (_body is { IsCompleted: true } && Row.EndedAt is null && !_pending.Exists(call => call.Row.Kind is CallKind.Step or CallKind.Undo or CallKind.Workflow))
        {
            Finish(Ending.Of(Row, _body));
        }
    }

    /// <summary>Ends the instance since its tree cannot go on; nothing is undone.</summary>
    public void Abort(JournalException reason) => Finish(Ending.Aborted(Row, reason));

    /// <summary>Undoing begins because something has failed: nobody may see it begin and find the failure forgotten.</summary>
    private bool IsDecision(Call call) => !Row.IsCompensating && (call.Row.Kind == CallKind.Undo || call.IsCompensating);

    private void NoticeEnd()
    {
        if (!Tree.IsInTurn)
        {
            Tree.Post(this, () => { });
        }
    }

    private void End(Call call, CallRow row)
    {
        _pending.Remove(call);
        call.Row = row;
        call.End();
    }

    private void Advance()
    {
        _sequence++;
        var now = Tree.Shared.Clock.GetUtcNow();
        Now = now > Now ? now : Now; // a clock that is set back must not make a workflow's time run backwards
    }

    private void Change(InstanceRow row)
    {
        Row = row;
        Tree.Turn.Write(commands => commands.UpdateInstance(row));
    }

    private void Finish(Ending ending)
    {
        Advance();
        Change(Row with
        {
            State = ending.State,
            EndedAt = Now,
            Result = ending.Result,
            Failure = ending.Failure,
            Revision = Row.IsRoot ? Tree.LastRevision() : 0,
        });
        _pending.ForEach(call => call.Disarm());
        ending.Tell(Tree.Shared.Logger, Row);
        if (Row.IsRoot)
        {
            Tree.Turn.IsDurable = true;
            Tree.Turn.WhenCommitted(Tree.End);
        }
        else if (CalledBy is { } call)
        {
            var outcome = Outcome.Of(Row);
            Tree.Post(call.Instance, () => call.Instance.Deliver(call, outcome));
        }
    }
}
