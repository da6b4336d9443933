using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Looks whether a peer has seen every organization's approval.</summary>
internal sealed class ApprovalsComplete : IStep<ApprovalsComplete.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, IReadOnlyList<MspId> Approvers, NodeEndpoint Peer) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Peer.Node}";
    }
}
