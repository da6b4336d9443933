using Baas.Core.Storage.Queues;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>The queue of a process that may die at any act.</summary>
internal sealed class CutQueue(IWorkQueue inner, IPoisonQueue poison, Cut cut) : IWorkQueue, IPoisonQueue
{
    public Task SendAsync(string content, CancellationToken cancellationToken) => cut.ActAsync(() => inner.SendAsync(content, cancellationToken));

    public Task<WorkMessage?> ReceiveAsync(TimeSpan visibility, CancellationToken cancellationToken) => cut.ActAsync(() => inner.ReceiveAsync(visibility, cancellationToken));

    public Task<WorkMessage?> ExtendAsync(WorkMessage message, TimeSpan visibility, CancellationToken cancellationToken) =>
        cut.ActAsync(() => inner.ExtendAsync(message, visibility, cancellationToken));

    public Task<bool> CompleteAsync(WorkMessage message, CancellationToken cancellationToken) => cut.ActAsync(() => inner.CompleteAsync(message, cancellationToken));

    public Task PoisonAsync(WorkMessage message, string reason, CancellationToken cancellationToken) => cut.ActAsync(() => inner.PoisonAsync(message, reason, cancellationToken));

    public Task<QueueState> LookAsync(CancellationToken cancellationToken) => inner.LookAsync(cancellationToken);

    public Task<IReadOnlyList<PoisonMessage>> PeekPoisonAsync(int count, CancellationToken cancellationToken) => poison.PeekPoisonAsync(count, cancellationToken);

    public Task DeletePoisonAsync(string id, CancellationToken cancellationToken) => cut.ActAsync(() => poison.DeletePoisonAsync(id, cancellationToken));
}
