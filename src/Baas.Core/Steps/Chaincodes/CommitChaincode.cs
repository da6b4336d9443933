using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Transactions;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Commits a chaincode definition; one that is committed already with the same content counts.</summary>
internal sealed class CommitChaincode(FabricAccess access, TimeProvider clock) : IStep<CommitChaincode.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        using var administrator = await access.AdministratorOfAsync(input.Network, input.Endorsers[0].Node.Organization, cancellationToken);
        var endorsers = await access.ConnectAsync(input.Network, input.Endorsers, cancellationToken);
        var orderers = await access.ConnectAsync(input.Network, input.Orderers, cancellationToken);
        var decisions = new ChaincodeDecisions(new Endorser(endorsers[0], administrator, clock), new TransactionSubmitter(endorsers, orderers, administrator, clock));

        await decisions.CommitAsync(input.Chaincode.Channel, ChaincodeDefinition.Of(input.Chaincode), cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, IReadOnlyList<NodeEndpoint> Endorsers, IReadOnlyList<NodeEndpoint> Orderers) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Chaincode.Channel}";
    }
}
