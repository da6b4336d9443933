using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Forgets the transaction that has proved a chaincode. In the ledger it stays, which goes with the network.</summary>
public sealed class ForgetProof : IWorkflow<ForgetProof.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input) =>
        Compensation.UndoAsync(context, new SubmitProof.Input(input.Network, input.Change.Chaincode, []));

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, VerifyChaincode Change) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
