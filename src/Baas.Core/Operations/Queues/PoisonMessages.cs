using System.Security.Cryptography;
using System.Text;
using Baas.Core.Networks;
using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Baas.Core.Storage.Queues;

namespace Baas.Core.Operations.Queues;

/// <summary>Shows the messages that were given up, sends them again, and forgets them. A tenant sees its own; only admins see those that cannot be told.</summary>
internal sealed class PoisonMessages(IPoisonQueue poison, OperationQueue queue, OperationStarter starter, TimeProvider clock)
{
    /// <summary>The most that are shown.</summary>
    public const int Most = 32;

    /// <summary>The oldest poison messages.</summary>
    /// <param name="tenant">Whose; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<PoisonView>> ListAsync(TenantName? tenant, CancellationToken cancellationToken) =>
    [
        .. (await poison.PeekPoisonAsync(Most, cancellationToken)).Select(PoisonView.Of).Where(one => tenant is null || one.Network?.Tenant == tenant),
    ];

    /// <summary>Deletes a message; its operation stays ended.</summary>
    /// <exception cref="RefusedException"><c>queue-message-not-found</c>.</exception>
    public async Task DeleteAsync(TenantName? tenant, string id, CancellationToken cancellationToken)
    {
        await EndOperationAsync(await FindAsync(tenant, id, cancellationToken), cancellationToken);
        await poison.DeletePoisonAsync(id, cancellationToken);
    }

    /// <summary>
    /// Sends a message again, as a new operation: the former one has ended. Which one that is comes from the message, so that a retry that was torn is repeated,
    /// not doubled.
    /// </summary>
    /// <exception cref="RefusedException"><c>queue-message-not-found</c>, <c>queue-message-not-understood</c>.</exception>
    public async Task<OperationRecord> RetryAsync(Caller caller, TenantName? tenant, string id, CancellationToken cancellationToken)
    {
        var view = await FindAsync(tenant, id, cancellationToken);
        var former = Read(view.Message);
        await EndOperationAsync(view, cancellationToken);
        var operation = former with
        {
            Id = OperationId.Parse($"op-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{former.Id}\n{id}")))[..20]}"),
            State = OperationState.Queued,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = caller.Id,
            EndedAt = null,
            Failure = null,
            RetryOf = former.Id,
        };
        await queue.SendAsync(operation, cancellationToken);
        var stored = await starter.PutAsync(operation, cancellationToken);
        await poison.DeletePoisonAsync(id, cancellationToken);
        return stored;
    }

    /// <summary>Ends the operations of all poison messages that still wait.</summary>
    public async Task EndOperationsAsync(CancellationToken cancellationToken)
    {
        foreach (var view in await ListAsync(null, cancellationToken))
        {
            await EndOperationAsync(view, cancellationToken);
        }
    }

    private async Task EndOperationAsync(PoisonView view, CancellationToken cancellationToken)
    {
        if (view is { Network: { } network, Operation: { } operation })
        {
            await starter.EndUnbegunAsync(network.Tenant, operation, MessageHandler.Poisoned, view.Message.Reason, onlyQueued: true, cancellationToken);
        }
    }

    private async Task<PoisonView> FindAsync(TenantName? tenant, string id, CancellationToken cancellationToken) =>
        (await ListAsync(tenant, cancellationToken)).FirstOrDefault(one => one.Message.Id == id)
        ?? throw new RefusedException(RefusalKind.NotFound, "queue-message-not-found", $"cannot find poison message \"{id}\"");

    private static OperationRecord Read(PoisonMessage message)
    {
        try
        {
            return OperationMessage.Read(message.Content);
        }
        catch (QueueMessageException unreadable)
        {
            throw new RefusedException(RefusalKind.Conflict, "queue-message-not-understood", $"cannot send poison message \"{message.Id}\" again: it would be given up again: {unreadable.Message}");
        }
    }
}
