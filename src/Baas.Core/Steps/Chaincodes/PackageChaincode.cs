using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Makes an organization's chaincode package once and stores it; a second run takes the stored one.</summary>
internal sealed class PackageChaincode : IUndoableStep<PackageChaincode.Input, PackageChaincode.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public Task<PackageChaincode.Output> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, NodeEndpoint Server) : IStepInput<PackageChaincode.Output>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} of {Server.Node.Organization}";
    }

    /// <summary>What was made.</summary>
    /// <param name="PackageId">Label and hash, as peers name the package.</param>
    public sealed record Output(string PackageId);
}
