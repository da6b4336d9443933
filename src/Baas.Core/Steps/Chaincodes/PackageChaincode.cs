using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Makes an organization's chaincode package once and stores it; a second run takes the stored one.</summary>
internal sealed class PackageChaincode(ArtifactStore artifacts, IdentityStore identities) : IUndoableStep<PackageChaincode.Input, PackageChaincode.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (network, chaincode, server) = input;
        var organization = server.Node.Organization;
        var trust = await identities.ReadTrustAsync(network, organization, cancellationToken);
        var connection = new ChaincodeConnection(server.Address, string.Concat(trust.TlsRoots));

        if (await artifacts.FindPackageAsync(network, organization, chaincode, cancellationToken) is { } stored)
        {
            var former = ChaincodePackage.Read(stored);
            if (former.Connection == connection)
            {
                return new Output(former.Id);
            }

            // Left behind by a server elsewhere: peers would call where nobody listens.
            await artifacts.DeletePackageAsync(network, organization, chaincode, cancellationToken);
        }

        var package = ChaincodePackage.OfService($"{chaincode.Name}_{chaincode.Version}", connection);
        return new Output(ChaincodePackage.Read(await artifacts.AddPackageAsync(network, organization, chaincode, package.Content, cancellationToken)).Id);
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) =>
        artifacts.DeletePackageAsync(input.Network, input.Server.Node.Organization, input.Chaincode, cancellationToken);

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
