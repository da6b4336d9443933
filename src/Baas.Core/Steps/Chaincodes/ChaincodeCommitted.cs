using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Looks whether a peer knows the committed definition.</summary>
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
        var lifecycle = new ChaincodeLifecycle(new Endorser(await access.ConnectAsync(network, endpoint, cancellationToken), administrator, clock));

        return await lifecycle.FindCommittedAsync(chaincode.Channel, wanted.Name, cancellationToken) switch
        {
            null => new Observation(false, $"{endpoint.Node} knows no definition of {wanted.Name}"),
            { } committed when committed.DifferencesFrom(wanted) is { Count: > 0 } differences =>
                new Observation(false, $"{endpoint.Node} knows a definition of {wanted.Name} with another {string.Join(", ", differences)}"),
            _ => new Observation(true, $"{endpoint.Node} knows {wanted.Name} {wanted.Version}"),
        };
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, NodeEndpoint Peer) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Peer.Node}";
    }
}
