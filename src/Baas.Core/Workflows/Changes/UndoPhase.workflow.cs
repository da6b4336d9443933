using System.Diagnostics;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Takes back the changes of one phase, half-made or whole, side by side. Rolling back and deleting are this same path.</summary>
public sealed class UndoPhase : IWorkflow<UndoPhase.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        var leftovers = await Task.WhenAll(input.Phase.Changes.Select(change => context.RunAsync(WorkflowFor(change, input.Network), compensating: true)));
        return [.. leftovers.SelectMany(some => some)];
    }

    private static IWorkflowInput<IReadOnlyList<Leftover>> WorkflowFor(NetworkChange change, NetworkReference network) => change switch
    {
        AddOrganization organization => new RemoveOrganization.Input(network, organization),
        AddOrderer orderer => new RemoveOrderer.Input(network, orderer),
        AddPeer peer => new RemovePeer.Input(network, peer),
        AddChannel channel => new RemoveChannel.Input(network, channel),
        AddChaincode chaincode => new RemoveChaincode.Input(network, chaincode),
        VerifyChaincode verification => new ForgetProof.Input(network, verification),
        _ => throw new UnreachableException(change.GetType().Name),
    };

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, PlanPhase Phase) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Phase.Name;
    }
}
