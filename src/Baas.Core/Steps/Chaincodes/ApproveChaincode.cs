using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Transactions;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Approves a chaincode definition for one organization; an approval that is there already counts.</summary>
internal sealed class ApproveChaincode(FabricAccess access, TimeProvider clock) : IStep<ApproveChaincode.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        using var administrator = await access.AdministratorOfAsync(input.Network, input.Peer.Node.Organization, cancellationToken);
        var peer = await access.ConnectAsync(input.Network, input.Peer, cancellationToken);
        var orderers = await access.ConnectAsync(input.Network, input.Orderers, cancellationToken);
        var decisions = new ChaincodeDecisions(new Endorser(peer, administrator, clock), new TransactionSubmitter([peer], orderers, administrator, clock));

        await decisions.ApproveAsync(input.Chaincode.Channel, ChaincodeDefinition.Of(input.Chaincode), input.PackageId, cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, string PackageId, NodeEndpoint Peer, IReadOnlyList<NodeEndpoint> Orderers) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} by {Peer.Node.Organization}";
    }
}
