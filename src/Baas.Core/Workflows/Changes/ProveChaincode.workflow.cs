using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Submits the transaction that a chaincode's specification asks for, and reads it. Undone by <see cref="ForgetProof"/>.</summary>
public sealed class ProveChaincode : IWorkflow<ProveChaincode.Input, ChangeResult>
{
    /// <inheritdoc/>
    public async Task<ChangeResult> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, change, nodes) = input;
        var peers = NodeEndpoints.PeersOf(nodes, [.. change.Members.Select(member => member.Name)]);
        IReadOnlyList<NodeEndpoint> own = [.. peers.Where(peer => peer.Node.Organization == peers[0].Node.Organization)];

        var submitted = await context.UntilAsync(new SubmitProof.Input(network, change.Chaincode, own), Patience.ForEndorsements);
        var id = submitted.TransactionId!; // an observation that holds carries it
        var committed = await context.UntilAsync(new ProofCommitted.Input(network, change.Chaincode, own, id), Patience.ForLedgers);
        await context.ApplyAsync(new ReadProof.Input(network, change.Chaincode, own, id, committed.Block));
        return new ChangeResult([]);
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Change">The chaincode.</param>
    /// <param name="Nodes">Where the network's nodes listen.</param>
    public sealed record Input(NetworkReference Network, VerifyChaincode Change, IReadOnlyList<NodeEndpoint> Nodes) : IWorkflowInput<ChangeResult>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
