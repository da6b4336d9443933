using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The part of the lifecycle that is about packages on this peer.</summary>
internal sealed class InstalledChaincodes(PeerNode peer)
{
    /// <summary>Installs a package.</summary>
    public Response Install(InstallChaincodeArgs args)
    {
        var (id, label) = peer.Packages.Install(args.ChaincodeInstallPackage.ToByteArray());
        peer.Log($"Successfully installed chaincode with package ID '{id}'");
        return Responses.Ok(new InstallChaincodeResult { PackageId = id, Label = label });
    }

    /// <summary>Tells of one package.</summary>
    /// <exception cref="EmulationException">It is not installed. Real peers answer 500, too, not 404 as for definitions.</exception>
    public Response Query(QueryInstalledChaincodeArgs args)
    {
        var (id, label) = peer.Packages.List().FirstOrDefault(package => package.Id == args.PackageId);
        if (id is null)
        {
            throw new EmulationException($"could not find chaincode with package id '{args.PackageId}'");
        }

        var result = new QueryInstalledChaincodeResult { PackageId = id, Label = label };
        foreach (var (channel, uses) in UsesOf(id))
        {
            result.References[channel] = new QueryInstalledChaincodeResult.Types.References
            {
                Chaincodes = { uses.Select(use => new QueryInstalledChaincodeResult.Types.Chaincode { Name = use.Name, Version = use.Version }) },
            };
        }

        return Responses.Ok(result);
    }

    /// <summary>Tells of all packages.</summary>
    public Response QueryAll()
    {
        var result = new QueryInstalledChaincodesResult();
        foreach (var (id, label) in peer.Packages.List())
        {
            var installed = new QueryInstalledChaincodesResult.Types.InstalledChaincode { PackageId = id, Label = label };
            foreach (var (channel, uses) in UsesOf(id))
            {
                installed.References[channel] = new QueryInstalledChaincodesResult.Types.References
                {
                    Chaincodes = { uses.Select(use => new QueryInstalledChaincodesResult.Types.Chaincode { Name = use.Name, Version = use.Version }) },
                };
            }

            result.InstalledChaincodes.Add(installed);
        }

        return Responses.Ok(result);
    }

    /// <summary>Hands out a package.</summary>
    /// <exception cref="EmulationException">It is not installed.</exception>
    public Response Read(GetInstalledChaincodePackageArgs args) => peer.Packages.Read(args.PackageId) is { } package
        ? Responses.Ok(new GetInstalledChaincodePackageResult { ChaincodeInstallPackage = ByteString.CopyFrom(package) })
        : throw new EmulationException($"could not load cc install package: chaincode install package '{args.PackageId}' not found");

    private IEnumerable<(string Channel, IReadOnlyList<(string Name, string Version)> Uses)> UsesOf(string packageId)
    {
        foreach (var channel in peer.Channels)
        {
            var uses = ChaincodeCommits.Names(channel.State.Keys(LifecycleChaincode.Name, ChaincodeCommits.MetadataPrefix))
                .Select(name => (Name: name, Definition: channel.DefinitionOf(name)!)) // the names are those of definitions
                .Where(use => PackageOf(channel, use.Name, use.Definition.Sequence) == packageId)
                .Select(use => (use.Name, use.Definition.Endorsement.Version))
                .ToList();
            if (uses.Count > 0)
            {
                yield return (channel.Name, uses);
            }
        }
    }

    private string? PackageOf(PeerChannel channel, string name, long sequence)
    {
        var key = ChaincodeDefinition.FieldKey(ChaincodeDefinition.Sources, $"{name}#{sequence}", "PackageID");
        var value = channel.State.GetPrivate(LifecycleChaincode.Name, EndorsementPolicies.ImplicitCollection(peer.Msp.Id), key);
        return value is null ? null : StateData.Parser.ParseFrom(value).String;
    }
}
