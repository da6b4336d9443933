using Baas.Core.Telemetry;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>Carries out what the calls of an instance ask for: attempts, timers, events, children.</summary>
internal sealed class CallRunner(Instance instance, IReadOnlyList<EventRow> events)
{
    private readonly EventBox _events = new(instance, events);

    private InstanceTree Tree => instance.Tree;

    private Shared Shared => instance.Tree.Shared;

    /// <summary>The events of the instance.</summary>
    public EventBox Events => _events;

    /// <summary>Begins, or goes on with, a call that is in the file.</summary>
    public void Launch(Call call)
    {
        if (call.Refusal is { } refusal)
        {
            Tree.Post(instance, () => instance.Deliver(call, Outcome.Failure(call.Row, refusal)));
            return;
        }

        switch (call.Row.Kind)
        {
            case CallKind.Step or CallKind.Undo when call.Row.NextAttemptAt is { } due:
                Arm(call, due);
                break;
            case CallKind.Step or CallKind.Undo:
                Shared.Steps.Launch(call);
                break;
            case CallKind.Workflow:
                TakeEndOfChild(call);
                break;
            case CallKind.Event:
                _events.Match(call.Row.Name); // before the timer: an event that is there already wins
                Arm(call, call.Due);
                break;
            default:
                Arm(call, call.Due);
                break;
        }
    }

    /// <summary>Records a child and queues its beginning.</summary>
    public void StartChild(Call call)
    {
        var child = Tree.Add(new InstanceRow
        {
            Key = Shared.NextInstanceKey(),
            Id = call.ChildId,
            Root = instance.Row.Root,
            Workflow = call.Row.Name,
            Subject = call.Row.Subject,
            Input = call.Input ?? Outcome.NoOutput, // a call without an input has a refusal
            IsCompensating = instance.Row.IsCompensating || call.IsCompensating,
            CreatedAt = instance.Now,
        });
        child.CalledBy = call;
    }

    /// <summary>An attempt of a step has ended: hands out its outcome or waits for the next attempt.</summary>
    public void EndAttempt(Call call, string? output, StepFault? fault)
    {
        if (fault is not { } failure)
        {
            instance.Deliver(call, Outcome.Success(output ?? Outcome.NoOutput));
            return;
        }

        call.Row = call.Row with { Failures = call.Row.Failures + 1, ErrorCode = failure.Code, ErrorMessage = failure.Message };
        if (!failure.IsTransient || call.Row.Failures >= OptionsOf(call).Attempts)
        {
            Shared.Logger.StepFailed(call.Row.Name, call.Row.Subject, instance.Row.Id, call.Row.Failures, failure.Code, failure.Message);
            instance.Deliver(call, Outcome.Failure(call.Row, failure));
        }
        else if (instance.IsCanceled && call.Row.Kind == CallKind.Step)
        {
            instance.Deliver(call, Outcome.Canceled(call.Row));
        }
        else
        {
            Retry(call, failure);
        }
    }

    /// <summary>Passes a cancellation on to children, and ends waits.</summary>
    public void Cancel(IEnumerable<Call> pending)
    {
        foreach (var call in pending)
        {
            if (call.Row.Kind == CallKind.Workflow)
            {
                if (Tree.Find(call.ChildId) is { } child)
                {
                    Tree.Post(child, () => child.Cancel());
                }
            }
            else if (IsWaiting(call))
            {
                // A turn for each: what the workflow makes of one result must not depend on another.
                Tree.Post(instance, () => CancelWait(call));
            }
        }
    }

    private static bool IsWaiting(Call call) => call.Row.Kind switch
    {
        CallKind.Delay or CallKind.Event => true,
        CallKind.Step => call.Row.NextAttemptAt is not null,
        _ => false,
    };

    private void CancelWait(Call call)
    {
        if (IsWaiting(call)) // still, since turns may have come in between
        {
            instance.Deliver(call, Outcome.Canceled(call.Row));
        }
    }

    private void TakeEndOfChild(Call call)
    {
        if (Tree.Find(call.ChildId) is { Row.EndedAt: not null } child)
        {
            Tree.Post(instance, () => instance.Deliver(call, Outcome.Of(child.Row)));
        }
    }

    private void Retry(Call call, StepFault fault)
    {
        var delay = OptionsOf(call).DelayAfter(call.Row.Failures);
        var due = Shared.Clock.GetUtcNow() + delay;
        var row = call.Row with { NextAttemptAt = due };
        call.Row = row;
        Shared.Logger.StepRetried(row.Name, row.Subject, instance.Row.Id, row.Failures, delay, fault.Code, fault.Message);
        BaasTelemetry.Retries.Add(1, new KeyValuePair<string, object?>("step", row.Name));
        Tree.Turn.Write(commands => commands.PutCall(row));
        Tree.Turn.WhenCommitted(() => Arm(call, due));
    }

    private StepOptions OptionsOf(Call call)
    {
        var step = Shared.Catalog.Step(call.Row.Name); // a transient failure came from the step, so it is known
        return call.Row.Kind == CallKind.Undo ? step.UndoOptions : step.Options;
    }

    private void Arm(Call call, DateTimeOffset due) => call.Arm(Shared.Clock, due, () => Tree.Post(instance, () => Fire(call, due)));

    private void Fire(Call call, DateTimeOffset due)
    {
        if (call.Row.IsEnded)
        {
            return;
        }

        if (Shared.Clock.GetUtcNow() < due)
        {
            Arm(call, due); // the timer's limit, or a clock that was set back
        }
        else if (call.Row.Kind is CallKind.Step or CallKind.Undo)
        {
            call.Row = call.Row with { NextAttemptAt = null };
            Shared.Steps.Launch(call);
        }
        else
        {
            Tree.Turn.IsDurable |= call.Row.Kind == CallKind.Event; // that no event came in time would not come out again
            instance.Deliver(call, Outcome.Success(Outcome.NoOutput));
        }
    }
}
