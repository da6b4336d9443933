using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>Runs an instance's code again from its start and hands out the recorded results in the order in which they were handed out first.</summary>
internal sealed class Replay(Instance instance, InstanceHistory history)
{
    /// <summary>Runs it; a call that does not fit breaks the tree.</summary>
    public void Run(Pump pump)
    {
        if (history.Calls.Count == 0)
        {
            return; // not even its first turn is recorded: it begins anew
        }

        instance.RunBody();
        pump.Drain();
        foreach (var ended in Results())
        {
            if (instance.Tree.Mismatch is not null)
            {
                return;
            }

            HandOut(ended);
            pump.Drain();
        }

        if (instance.CallCount < history.Calls.Count)
        {
            instance.Tree.Break(Mismatches.Missing(instance.Row, history.Calls[instance.CallCount]));
        }
    }

    /// <summary>Gives a call that the code makes the record that stands at its place.</summary>
    public void Match(Call call)
    {
        var position = call.Row.Position;
        var recorded = position < history.Calls.Count ? history.Calls[position] : null;
        if (recorded is null || (recorded.Kind, recorded.Name, recorded.InputHash) != (call.Row.Kind, call.Row.Name, call.Row.InputHash))
        {
            instance.Tree.Break(Mismatches.Different(instance.Row, recorded, call.Row));
            return;
        }

        call.Row = recorded.IsEnded ? recorded with { State = WorkflowState.Running, Sequence = 0, EndedAt = null } : recorded;
        if (instance.Tree.Find(call.ChildId) is { } child)
        {
            child.CalledBy = call;
        }
    }

    /// <summary>The calls with outcomes and, as null, the cancellation.</summary>
    private IEnumerable<CallRow?> Results()
    {
        var results = history.Calls.Where(call => call.IsEnded).Select(call => ((long)call.Sequence, (CallRow?)call));
        if (history.Row.CanceledSequence > 0)
        {
            results = results.Append((history.Row.CanceledSequence, null));
        }

        return results.OrderBy(result => result.Item1).Select(result => result.Item2);
    }

    private void HandOut(CallRow? ended)
    {
        if (ended is null)
        {
            instance.AgainCanceled();
        }
        else if (ended.Position >= instance.CallCount)
        {
            instance.Tree.Break(Mismatches.Missing(instance.Row, ended));
        }
        else
        {
            instance.AgainEnded(ended);
        }
    }
}
