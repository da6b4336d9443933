using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>Creates, deletes and shows a tenant's networks.</summary>
public sealed class NetworkOperations(RecordStore records, OperationStarter starter, TimeProvider clock)
{
    /// <summary>Begins to make a network.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="spec">The valid specification.</param>
    /// <param name="onFailure">What becomes of a half-made network.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>network-exists</c>, <c>network-busy</c>, <c>idempotency-key-reused</c>.</exception>
    public async Task<OperationRecord> CreateAsync(ChangeRequest request, NetworkSpec spec, OnFailure onFailure, CancellationToken cancellationToken)
    {
        var network = new NetworkReference(request.Tenant, spec.Name);
        var (operation, ended) = await BeginAsync(request, network, OperationKind.CreateNetwork, onFailure, null, cancellationToken);
        if (ended)
        {
            return operation;
        }

        var now = clock.GetUtcNow();
        var wanted = new NetworkRecord
        {
            Reference = network,
            Spec = spec,
            State = NetworkState.Creating,
            CreatedAt = now,
            UpdatedAt = now,
            ActiveOperation = operation.Id,
            LastOperation = operation.Id,
        };
        var (stored, wasThere) = await records.PutIfAbsentAsync(RecordNames.Network(network), wanted, cancellationToken);
        if (stored.Record.ActiveOperation != operation.Id)
        {
            return await starter.EndOrForgetAsync(request, operation, cancellationToken) ?? throw Refusals.Exists(stored.Record);
        }

        if (!wasThere && await starter.EndOfAsync(request, operation, cancellationToken) is { } rolledBack)
        {
            await records.DeleteAsync(RecordNames.Network(network), BlobCondition.Matches(stored.Tag), cancellationToken);
            return rolledBack;
        }

        await starter.StartAsync(operation, stored.Record.Spec, cancellationToken);
        return operation;
    }

    /// <summary>Begins to delete a network.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="name">The network.</param>
    /// <param name="ifMatch">The record's tag that the caller has seen; null for any.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>network-busy</c>, <c>idempotency-key-reused</c>, <c>precondition-failed</c>.</exception>
    public async Task<OperationRecord> DeleteAsync(ChangeRequest request, NetworkName name, string? ifMatch, CancellationToken cancellationToken)
    {
        var network = new NetworkReference(request.Tenant, name);
        var (operation, ended) = await BeginAsync(request, network, OperationKind.DeleteNetwork, OnFailure.Keep, null, cancellationToken);
        return ended ? operation : await TakeAndStartAsync(request, operation, NetworkState.Deleting, ifMatch, cancellationToken);
    }

    /// <summary>Begins a failed operation anew on what it has left.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="failed">The failed operation.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>operation-not-found</c>, <c>operation-not-retryable</c>, <c>network-not-found</c>, <c>network-busy</c>.</exception>
    public async Task<OperationRecord> RetryAsync(ChangeRequest request, OperationId failed, CancellationToken cancellationToken)
    {
        var first = (await records.GetAsync<OperationRecord>(RecordNames.Operation(request.Tenant, failed), cancellationToken))?.Record
            ?? throw Refusals.NoOperation(failed);
        if (first.State is OperationState.Running or OperationState.Succeeded)
        {
            throw new RefusedException(
                RefusalKind.Conflict, "operation-not-retryable", $"cannot retry operation \"{failed}\": it is {first.State.ToString().ToLowerInvariant()}");
        }

        var (operation, ended) = await BeginAsync(request, first.Network, first.Kind, first.OnFailure, failed, cancellationToken);
        if (!ended && await ObsoleteAsync(first, operation, cancellationToken) is { } refusal)
        {
            await starter.ForgetAsync(operation, cancellationToken);
            throw refusal;
        }

        var state = first.Kind == OperationKind.CreateNetwork ? NetworkState.Creating : NetworkState.Deleting;
        return ended ? operation : await TakeAndStartAsync(request, operation, state, null, cancellationToken);
    }

    // Only the last operation may go on: an older one would tear down what a later one has made well. A repetition of this request is no later one.
    private async Task<RefusedException?> ObsoleteAsync(OperationRecord failed, OperationRecord retry, CancellationToken cancellationToken)
    {
        var network = (await records.GetAsync<NetworkRecord>(RecordNames.Network(failed.Network), cancellationToken))?.Record;
        return network is null || network.LastOperation == failed.Id || network.LastOperation == retry.Id
            ? null
            : new RefusedException(
                RefusalKind.Conflict, "operation-not-retryable", $"cannot retry operation \"{failed.Id}\": operation {network.LastOperation} of the same network has come after it")
            {
                Operation = network.LastOperation,
            };
    }

    /// <summary>A network; throws when there is none.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<Stored<NetworkRecord>> GetAsync(NetworkReference network, CancellationToken cancellationToken) =>
        await records.GetAsync<NetworkRecord>(RecordNames.Network(network), cancellationToken) ?? throw Refusals.NoNetwork(network.Network);

    /// <summary>A page of a tenant's networks in the order of their names.</summary>
    public async Task<Page<NetworkRecord>> ListAsync(TenantName tenant, PageRequest page, CancellationToken cancellationToken) =>
        await Page<NetworkRecord>.ReadAsync(records, RecordNames.NetworksOf(tenant), page, cancellationToken);

    /// <summary>What a specification would make or change, without touching anything.</summary>
    /// <exception cref="RefusedException">The change is not possible on the live network (<c>change-not-supported</c>).</exception>
    public async Task<NetworkPlan> PlanAsync(TenantName tenant, NetworkSpec spec, CancellationToken cancellationToken)
    {
        var network = await records.GetAsync<NetworkRecord>(RecordNames.Network(new(tenant, spec.Name)), cancellationToken);
        return Refusals.PlanOf(network?.Record.Spec, spec);
    }

    private async Task<(OperationRecord Operation, bool Ended)> BeginAsync(
        ChangeRequest request, NetworkReference network, OperationKind kind, OnFailure onFailure, OperationId? retryOf, CancellationToken cancellationToken)
    {
        var (id, _) = await starter.ReserveAsync(request, cancellationToken);
        var operation = await starter.PutAsync(
            new OperationRecord
            {
                Id = id,
                Network = network,
                Kind = kind,
                OnFailure = onFailure,
                State = OperationState.Running,
                CreatedAt = clock.GetUtcNow(),
                CreatedBy = request.Caller.Id,
                RetryOf = retryOf,
            },
            cancellationToken);
        return (operation, operation.EndedAt is not null);
    }

    // The network's record is the lock: whoever writes its id into an idle record owns the network until the operation ends.
    private async Task<OperationRecord> TakeAndStartAsync(
        ChangeRequest request, OperationRecord operation, NetworkState state, string? ifMatch, CancellationToken cancellationToken)
    {
        RefusedException? refusal = null;
        var name = RecordNames.Network(operation.Network);
        var current = await records.GetAsync<NetworkRecord>(name, cancellationToken);
        if (current is not null && ifMatch is not null && ifMatch != current.Tag.Value && current.Record.LastOperation != operation.Id)
        {
            refusal = Refusals.Changed(current.Record);
        }

        var taken = refusal is not null ? null : await records.ChangeAsync<NetworkRecord>(
            name,
            network => network.ActiveOperation is not null || network.LastOperation == operation.Id // this one has had it and has ended
                ? null
                : network with { ActiveOperation = operation.Id, LastOperation = operation.Id, State = state, UpdatedAt = clock.GetUtcNow() },
            cancellationToken);
        if (taken?.Record.ActiveOperation != operation.Id)
        {
            return await starter.EndOrForgetAsync(request, operation, cancellationToken)
                ?? throw refusal ?? (taken is null ? Refusals.NoNetwork(operation.Network.Network) : Refusals.Busy(taken.Record));
        }

        await starter.StartAsync(operation, taken.Record.Spec, cancellationToken);
        return operation;
    }
}
