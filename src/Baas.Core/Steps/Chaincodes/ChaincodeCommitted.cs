using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Looks whether a peer knows the committed definition.</summary>
internal sealed class ChaincodeCommitted : IStep<ChaincodeCommitted.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, NodeEndpoint Peer) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Peer.Node}";
    }
}
