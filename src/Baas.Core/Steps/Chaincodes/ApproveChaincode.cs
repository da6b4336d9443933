using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Approves a chaincode definition for one organization; an approval that is there already counts.</summary>
internal sealed class ApproveChaincode : IStep<ApproveChaincode.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, string PackageId, NodeEndpoint Peer, IReadOnlyList<NodeEndpoint> Orderers) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} by {Peer.Node.Organization}";
    }
}
