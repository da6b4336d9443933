using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Commits a chaincode definition; one that is committed already with the same content counts.</summary>
internal sealed class CommitChaincode : IStep<CommitChaincode.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, IReadOnlyList<NodeEndpoint> Endorsers, IReadOnlyList<NodeEndpoint> Orderers) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Chaincode.Channel}";
    }
}
