using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>Creates and shows a tenant's networks.</summary>
public sealed class NetworkOperations(RecordStore records, OperationStarter starter, NetworkLock networks, TimeProvider clock)
{
    /// <summary>What a creation is.</summary>
    internal static OperationDefinition Creation { get; } = OperationDefinition.Of(
        OperationKind.CreateNetwork,
        LockRule.Whole(NetworkState.Creating),
        (operation, wanted) => new CreateNetwork.Input(operation.Network, operation.Id, wanted, operation.OnFailure));

    /// <summary>Begins to make a network.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="spec">The valid specification.</param>
    /// <param name="onFailure">What becomes of a half-made network.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>network-exists</c>, <c>network-busy</c>, <c>idempotency-key-reused</c>.</exception>
    public Task<OperationRecord> CreateAsync(ChangeRequest request, NetworkSpec spec, OnFailure onFailure, CancellationToken cancellationToken) =>
        CreateAsync(request, new(new NetworkReference(request.Tenant, spec.Name), OperationKind.CreateNetwork, onFailure), spec, cancellationToken);

    /// <summary>Begins to make a network in whatever way.</summary>
    internal async Task<OperationRecord> CreateAsync(ChangeRequest request, NetworkLock.Draft draft, NetworkSpec spec, CancellationToken cancellationToken)
    {
        var network = draft.Network;
        var (operation, ended) = await networks.BeginAsync(request, draft, cancellationToken);
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

    /// <summary>Begins a failed operation anew on what it has left.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="failed">The failed operation.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>operation-not-found</c>, <c>operation-not-retryable</c>, <c>network-not-found</c>, <c>network-busy</c>.</exception>
    public async Task<OperationRecord> RetryAsync(ChangeRequest request, OperationId failed, CancellationToken cancellationToken)
    {
        var first = (await records.GetAsync<OperationRecord>(RecordNames.Operation(request.Tenant, failed), cancellationToken))?.Record
            ?? throw Refusals.NoOperation(failed);
        if (first.State is OperationState.Queued or OperationState.Running or OperationState.Succeeded)
        {
            throw new RefusedException(
                RefusalKind.Conflict, "operation-not-retryable", $"cannot retry operation \"{failed}\": it is {first.State.ToString().ToLowerInvariant()}");
        }

        var draft = new NetworkLock.Draft(first.Network, first.Kind, first.OnFailure) { RetryOf = failed, Arguments = first.Arguments };
        var (operation, ended) = await networks.BeginAsync(request, draft, cancellationToken);
        if (!ended && await ObsoleteAsync(first, operation, cancellationToken) is { } refusal)
        {
            await starter.ForgetAsync(operation, cancellationToken);
            throw refusal;
        }

        return ended ? operation : await networks.TakeAndStartAsync(request, operation, null, cancellationToken);
    }

    // Only the last operation may go on: an older one would tear down what a later one has made well. A repetition of this request is no later one.
    private async Task<RefusedException?> ObsoleteAsync(OperationRecord failed, OperationRecord retry, CancellationToken cancellationToken)
    {
        var network = (await records.GetAsync<NetworkRecord>(RecordNames.Network(failed.Network), cancellationToken))?.Record;
        return network is null || network.LastOperation == failed.Id || network.LastOperation == retry.Id
            ? null
            : new RefusedException(
                RefusalKind.Conflict, "operation-not-retryable", $"cannot retry operation \"{failed.Id}\": the last operation of its network is {network.LastOperation}")
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
}
