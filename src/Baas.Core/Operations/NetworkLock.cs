using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>Begins operations on networks. A network's record is its lock: whoever writes an id into an idle record owns the network until that operation ends.</summary>
public sealed class NetworkLock(RecordStore records, OperationStarter starter, TimeProvider clock)
{
    /// <summary>Puts an operation on record, or finds the one that this request has begun before.</summary>
    /// <returns>The operation, and whether it has ended already.</returns>
    /// <exception cref="RefusedException"><c>idempotency-key-reused</c>.</exception>
    internal async Task<(OperationRecord Operation, bool Ended)> BeginAsync(ChangeRequest request, Draft draft, CancellationToken cancellationToken)
    {
        var (id, _) = await starter.ReserveAsync(request, cancellationToken);
        var operation = await starter.PutAsync(draft.ToRecord(id, request.Caller.Id, OperationState.Running, clock.GetUtcNow()), cancellationToken);
        return (operation, operation.EndedAt is not null);
    }

    /// <summary>Takes the network for an operation and starts the operation's workflow; forgets the operation when the network is not to be had.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="operation">The operation, on record.</param>
    /// <param name="ifMatch">The record's tag that the caller has seen; null for any.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>network-busy</c>, <c>network-not-ready</c>, <c>precondition-failed</c>.</exception>
    internal async Task<OperationRecord> TakeAndStartAsync(ChangeRequest request, OperationRecord operation, string? ifMatch, CancellationToken cancellationToken)
    {
        var name = RecordNames.Network(operation.Network);
        var current = await records.GetAsync<NetworkRecord>(name, cancellationToken);
        var refusal = current is null ? null : RefusalOf(current, operation, ifMatch);
        var taken = refusal is not null ? null : await records.ChangeAsync<NetworkRecord>(name, network => Taken(network, operation), cancellationToken);
        if (taken?.Record.ActiveOperation != operation.Id)
        {
            return await starter.EndOrForgetAsync(request, operation, cancellationToken)
                ?? throw refusal ?? (taken is null ? Refusals.NoNetwork(operation.Network.Network) : Refusals.NotTaken(taken.Record));
        }

        await starter.StartAsync(operation, taken.Record.Spec, cancellationToken);
        return operation;
    }

    /// <summary>Takes the network for an operation that comes out of the queue, and starts its workflow. As often as it is called, it is done once.</summary>
    /// <param name="operation">The operation, on record.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>network-busy</c>, <c>network-not-ready</c>.</exception>
    internal async Task TakeAndStartQueuedAsync(OperationRecord operation, CancellationToken cancellationToken)
    {
        var name = RecordNames.Network(operation.Network);
        var network = (await records.ChangeAsync<NetworkRecord>(name, network => Taken(network, operation), cancellationToken))?.Record ?? throw Refusals.NoNetwork(operation.Network.Network);
        if (network.ActiveOperation != operation.Id)
        {
            throw Refusals.NotTaken(network);
        }

        await starter.StartTakenAsync(operation, network.Spec, cancellationToken);
    }

    private static RefusedException? RefusalOf(Stored<NetworkRecord> current, OperationRecord operation, string? ifMatch) =>
        ifMatch is not null && ifMatch != current.Tag.Value && current.Record.LastOperation != operation.Id ? Refusals.Changed(current.Record) : null;

    private NetworkRecord? Taken(NetworkRecord network, OperationRecord operation)
    {
        // The same operation has had the network before and has ended, or the network is another's, or in no state for this.
        var rule = OperationDefinitions.Of(operation.Kind).Lock ?? throw new ArgumentException($"operation {operation.Id} takes no network", nameof(operation));
        return network.ActiveOperation is not null || network.LastOperation == operation.Id || !rule.From.Contains(network.State) ? null : network with
        {
            ActiveOperation = operation.Id,
            LastOperation = operation.Id,
            LastRenewal = operation.Kind == OperationKind.RenewCertificates ? operation.Id : network.LastRenewal,
            State = rule.Meanwhile ?? network.State,
            UpdatedAt = clock.GetUtcNow(),
        };
    }

    /// <summary>What an operation is begun with.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Kind">What is to be done.</param>
    /// <param name="OnFailure">What becomes of what is half-made.</param>
    internal sealed record Draft(NetworkReference Network, OperationKind Kind, OnFailure OnFailure)
    {
        /// <summary>The operation that this one tries again; null for the first try.</summary>
        public OperationId? RetryOf { get; init; }

        /// <summary>What the workflow needs beside the network's specification; null for nothing.</summary>
        public JsonElement? Arguments { get; init; }

        /// <summary>The operation's record.</summary>
        public OperationRecord ToRecord(OperationId id, string createdBy, OperationState state, DateTimeOffset now) => new()
        {
            Id = id,
            Network = Network,
            Kind = Kind,
            OnFailure = OnFailure,
            State = state,
            CreatedAt = now,
            CreatedBy = createdBy,
            RetryOf = RetryOf,
            Arguments = Arguments,
        };
    }
}
