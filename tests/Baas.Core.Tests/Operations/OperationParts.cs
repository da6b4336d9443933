using Baas.Core.Health.Observations;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Tests.Workflows;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Tests.Operations;

/// <summary>What the use cases of operations stand on, over any store and engine, and a network that they are about.</summary>
internal sealed class OperationParts(RecordStore records, IWorkflowClient workflows, TimeProvider clock)
{
    private OperationStarter? _starter;
    private NetworkLock? _locks;

    public static NetworkReference Network { get; } = new(TenantName.Parse("acme"), TestInputs.TwoOrganizations.Name);

    public OperationStarter Starter => _starter ??= new OperationStarter(records, workflows, clock);

    public NetworkLock Locks => _locks ??= new NetworkLock(records, Starter, clock);

    public NetworkOperations Networks => new(records, Starter, Locks, clock);

    /// <summary>Deletion where clusters answer or do not.</summary>
    public NetworkDeletion DeletionWith(bool answer, SpecificationOptions? options = null) => new(records, Starter, Locks, new Reach(answer), options ?? new SpecificationOptions());

    /// <summary>Puts the network on record.</summary>
    public Task PutNetworkAsync(NetworkSpec? spec = null, NetworkState state = NetworkState.Ready, DateTimeOffset createdAt = default, OperationId? activeOperation = null) => records.PutAsync(
        RecordNames.Network(Network),
        new NetworkRecord
        {
            Reference = Network,
            Spec = spec ?? TestInputs.TwoOrganizations,
            State = state,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            ActiveOperation = activeOperation,
            LastOperation = activeOperation ?? OperationId.Parse("op-first"),
        },
        BlobCondition.None,
        CancellationToken.None);

    public async Task<NetworkRecord?> NetworkAsync() => (await records.GetAsync<NetworkRecord>(RecordNames.Network(Network), CancellationToken.None))?.Record;

    private sealed class Reach(bool answers) : IClusterReach
    {
        public Task<bool> AnswersAsync(ClusterName cluster, CancellationToken cancellationToken) => Task.FromResult(answers);
    }
}
