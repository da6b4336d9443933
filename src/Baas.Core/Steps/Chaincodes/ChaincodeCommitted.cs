using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Looks whether a peer knows the committed definition, and whether the chaincode answers it.</summary>
internal sealed class ChaincodeCommitted(FabricAccess access, TimeProvider clock) : IStep<ChaincodeCommitted.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (network, chaincode, endpoint) = input;
        var wanted = ChaincodeDefinition.Of(chaincode);
        using var administrator = await access.AdministratorOfAsync(network, endpoint.Node.Organization, cancellationToken);
        var peer = new Endorser(await access.ConnectAsync(network, endpoint, cancellationToken), administrator, clock);

        var committed = await new ChaincodeLifecycle(peer).FindCommittedAsync(chaincode.Channel, wanted.Name, cancellationToken);
        if (committed is null)
        {
            return new Observation(false, $"{endpoint.Node} knows no definition of {wanted.Name}");
        }

        if (committed.DifferencesFrom(wanted) is { Count: > 0 } differences)
        {
            return new Observation(false, $"{endpoint.Node} knows a definition of {wanted.Name} with another {string.Join(", ", differences)}");
        }

        await new ChaincodeProbe(peer).AskAsync(chaincode.Channel, wanted.Name, cancellationToken);
        return new Observation(true, $"{endpoint.Node} knows {wanted.Name} {wanted.Version}, which answers");
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, NodeEndpoint Peer) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Peer.Node}";
    }
}
