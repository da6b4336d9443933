using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Takes back what <see cref="ProvisionOrderer"/> makes, half-made or whole; the ledger on the node's volume goes with it.</summary>
public sealed class RemoveOrderer : IWorkflow<RemoveOrderer.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, change) = input;
        var endpoint = NodeAddresses.Unknown(change.Node, NodeRole.Orderer);
        var fingerprint = "";
        var node = await Compensation.UndoAsync(context, new ApplyOrderer.Input(network, endpoint, change.MspId, change.FabricVersion, change.Resources, change.Cluster, fingerprint));
        return [.. node, .. await NodeAddresses.ReleaseAsync(context, new(network, change.Node, NodeRole.Orderer, change.MspId, change.Ca, change.Cluster, change.Exposure))];
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, AddOrderer Change) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
