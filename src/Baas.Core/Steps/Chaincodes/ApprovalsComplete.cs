using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Looks whether a peer has seen every organization's approval.</summary>
internal sealed class ApprovalsComplete(FabricAccess access, TimeProvider clock) : IStep<ApprovalsComplete.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (network, chaincode, approvers, endpoint) = input;
        var wanted = ChaincodeDefinition.Of(chaincode);
        using var administrator = await access.AdministratorOfAsync(network, endpoint.Node.Organization, cancellationToken);
        var lifecycle = new ChaincodeLifecycle(new Endorser(await access.ConnectAsync(network, endpoint, cancellationToken), administrator, clock));

        // A second run may come after the commit; peers then refuse to tell of approvals.
        var committed = await lifecycle.FindCommittedAsync(chaincode.Channel, wanted.Name, cancellationToken);
        if (committed is not null && committed.Sequence >= wanted.Sequence)
        {
            return new Observation(true, $"sequence {committed.Sequence} is committed on {endpoint.Node}");
        }

        var readiness = await lifecycle.CheckReadinessAsync(chaincode.Channel, wanted, cancellationToken);
        var missing = readiness.MissingOf(approvers);
        return missing.Count == 0
            ? new Observation(true, $"{endpoint.Node} has seen every approval")
            : new Observation(false, $"{endpoint.Node} has not seen the approval of {string.Join(", ", missing)}");
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, IReadOnlyList<MspId> Approvers, NodeEndpoint Peer) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Peer.Node}";
    }
}
