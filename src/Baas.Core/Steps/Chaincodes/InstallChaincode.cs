using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Installs an organization's chaincode package on one of its peers.</summary>
internal sealed class InstallChaincode(FabricAccess access, ArtifactStore artifacts, TimeProvider clock) : IStep<InstallChaincode.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var organization = input.Peer.Node.Organization;
        var package = await ReadPackageAsync(input, organization, cancellationToken);
        var peer = await access.ConnectAsync(input.Network, input.Peer, cancellationToken);
        using var administrator = await access.AdministratorOfAsync(input.Network, organization, cancellationToken);
        await new ChaincodeLifecycle(new Endorser(peer, administrator, clock)).InstallAsync(package, cancellationToken);
        return Nothing.Value;
    }

    private async Task<ChaincodePackage> ReadPackageAsync(Input input, OrganizationName organization, CancellationToken cancellationToken)
    {
        var stored = await artifacts.FindPackageAsync(input.Network, organization, input.Chaincode, cancellationToken);
        var package = stored is null ? null : ChaincodePackage.Read(stored);
        return package?.Id == input.PackageId
            ? package
            : throw new StorageException("package-missing", $"cannot read chaincode package \"{input.PackageId}\": {(package is null ? "none" : "another one")} is stored for {organization}");
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, string PackageId, NodeEndpoint Peer) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Peer.Node}";
    }
}
