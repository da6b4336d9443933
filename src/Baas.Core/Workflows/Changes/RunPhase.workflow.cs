using System.Diagnostics;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Runs the changes of one phase of a plan side by side. Undone by <see cref="UndoPhase"/>.</summary>
public sealed class RunPhase : IWorkflow<RunPhase.Input, ChangeResult>
{
    /// <inheritdoc/>
    public async Task<ChangeResult> RunAsync(IWorkflowContext context, Input input)
    {
        // WhenAll waits for every branch, so nothing is still being made when the caller begins to undo.
        var results = await Task.WhenAll(input.Phase.Changes.Select(change => context.RunAsync(WorkflowFor(change, input))));
        return new ChangeResult([.. results.SelectMany(result => result.Nodes)]);
    }

    private static IWorkflowInput<ChangeResult> WorkflowFor(NetworkChange change, Input input) => change switch
    {
        AddOrganization organization => new ProvisionOrganization.Input(input.Network, organization),
        AddOrderer orderer => new ProvisionOrderer.Input(input.Network, orderer),
        AddPeer peer => new ProvisionPeer.Input(input.Network, peer),
        AddChannel channel => new OpenChannel.Input(input.Network, channel, input.Nodes),
        AddChaincode chaincode => new DeployChaincode.Input(input.Network, chaincode, input.Nodes),
        VerifyChaincode verification => new ProveChaincode.Input(input.Network, verification, input.Nodes),
        _ => throw new UnreachableException(change.GetType().Name),
    };

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Phase">The changes.</param>
    /// <param name="Nodes">Where the nodes listen that earlier phases have made.</param>
    public sealed record Input(NetworkReference Network, PlanPhase Phase, IReadOnlyList<NodeEndpoint> Nodes) : IWorkflowInput<ChangeResult>
    {
        /// <inheritdoc/>
        public string Subject => Phase.Name;
    }
}
