using System.Collections.Concurrent;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.Core.Workflows.Engine.Journal.Running;

namespace Baas.Core.Workflows.Engine.Journal;

/// <summary>The statuses of instances: of those that run from memory, of those that have ended from the file.</summary>
internal sealed class StatusReader(ConcurrentDictionary<string, InstanceTree> trees, JournalReader reader, TimeProvider clock, CancellationToken stopping)
{
    /// <summary>The status of an instance; null when it is unknown.</summary>
    public WorkflowStatus? Get(string instanceId)
    {
        var tree = Live(instanceId);
        var status = tree is null ? null : Look(tree, instanceId);

        // Asked again: when the end came in between, this would show a running workflow under the revision of its end.
        return tree is { IsLive: true } && status is not null ? status : Read(instanceId);
    }

    /// <summary>Waits for another revision than <paramref name="seen"/>, or for the time-out.</summary>
    /// <exception cref="JournalException">The engine stops.</exception>
    public async Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var tree = Live(instanceId);
        if (tree is null && Get(instanceId) is var status && status?.Revision != seen)
        {
            return status;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        var change = tree?.ChangedAsync(seen) ?? Task.Delay(Timeout.InfiniteTimeSpan, end.Token); // what has ended changes no more
        await change.WaitAsync(timeout, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a time-out is an answer, too
        cancellationToken.ThrowIfCancellationRequested();
        return stopping.IsCancellationRequested ? throw JournalException.Stopping() : Get(instanceId);
    }

    private static WorkflowStatus? Look(InstanceTree tree, string instanceId) => tree.Look(revision =>
        tree.Find(instanceId) is { } instance ? StatusBuilder.Build(instance.Shown, id => tree.Find(id)?.Shown, revision) : null);

    private InstanceTree? Live(string instanceId) => trees.GetValueOrDefault(InstanceRow.RootOf(instanceId)) is { IsLive: true } tree ? tree : null;

    private WorkflowStatus? Read(string instanceId)
    {
        var root = InstanceRow.RootOf(instanceId);
        var histories = reader.Load(root).ToDictionary(history => history.Row.Id, StringComparer.Ordinal);
        return histories.TryGetValue(instanceId, out var instance)
            ? StatusBuilder.Build(instance, histories.GetValueOrDefault, histories[root].Row.Revision)
            : null;
    }
}
