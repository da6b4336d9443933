using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>The events of an instance that no call has taken yet.</summary>
internal sealed class EventBox(Instance instance, IReadOnlyList<EventRow> recorded)
{
    private readonly List<EventRow> _events = [.. recorded];

    /// <summary>Records an event, answers the caller when it is on disk, and hands it to who waits for it.</summary>
    public void Add(string name, string payload, TaskCompletionSource<bool> caller)
    {
        var shared = instance.Tree.Shared;
        if (_events.Count >= shared.Options.MaxEvents)
        {
            caller.TrySetException(new JournalException(
                JournalException.HistoryTooLong, $"cannot raise event \"{name}\" for workflow \"{instance.Row.Id}\": {_events.Count} events wait there already"));
            return;
        }

        EventRow row = new(instance.Row.Key, shared.NextEventNumber(), name, payload);
        _events.Add(row);
        instance.Tree.Turn.Write(commands => commands.AddEvent(row));
        instance.Tree.Turn.Acknowledge(caller);
        Match(name);
    }

    /// <summary>Queues handing the oldest event of this name to the oldest call that waits for it.</summary>
    public void Match(string name) => instance.Tree.Post(instance, () => HandOver(name));

    private void HandOver(string name)
    {
        if (instance.WaiterFor(name) is not { } call || _events.Find(row => row.Name == name) is not { } taken)
        {
            return;
        }

        _events.Remove(taken);
        instance.Tree.Turn.Write(commands => commands.RemoveEvent(taken));
        instance.Deliver(call, Outcome.Success(taken.Payload));
        Match(name);
    }
}
