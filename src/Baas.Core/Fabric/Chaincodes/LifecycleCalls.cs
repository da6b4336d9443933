using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>The calls of the system chaincode that manages chaincodes. Pure: same arguments, same bytes.</summary>
internal static class LifecycleCalls
{
    private const string Lifecycle = "_lifecycle";

    // What concerns one peer alone belongs to no channel.
    private const string NoChannel = "";

    /// <summary>Installs a package on the peer.</summary>
    public static ChaincodeCall Install(ChaincodePackage package) =>
        Call(NoChannel, "InstallChaincode", new InstallChaincodeArgs { ChaincodeInstallPackage = UnsafeByteOperations.UnsafeWrap(package.Content) });

    /// <summary>Asks for all installed packages.</summary>
    public static ChaincodeCall QueryInstalled() => Call(NoChannel, "QueryInstalledChaincodes", new QueryInstalledChaincodesArgs());

    /// <summary>Approves a definition for the peer's organization.</summary>
    public static ChaincodeCall Approve(ChannelName channel, ChaincodeDefinition definition, string packageId) =>
        Call(channel.Value, "ApproveChaincodeDefinitionForMyOrg", new ApproveChaincodeDefinitionForMyOrgArgs
        {
            Name = definition.Name,
            Sequence = definition.Sequence,
            Version = definition.Version,
            InitRequired = definition.InitRequired,
            EndorsementPlugin = definition.EndorsementPlugin,
            ValidationPlugin = definition.ValidationPlugin,
            ValidationParameter = definition.EndorsementPolicy,
            Collections = definition.Collections,
            Source = new ChaincodeSource { LocalPackage = new ChaincodeSource.Types.Local { PackageId = packageId } },
        });

    /// <summary>Asks for what the peer's organization has approved.</summary>
    public static ChaincodeCall QueryApproved(ChannelName channel, string name, long sequence) =>
        Call(channel.Value, "QueryApprovedChaincodeDefinition", new QueryApprovedChaincodeDefinitionArgs { Name = name, Sequence = sequence });

    /// <summary>Asks which organizations have approved a definition.</summary>
    public static ChaincodeCall CheckReadiness(ChannelName channel, ChaincodeDefinition definition) =>
        Call(channel.Value, "CheckCommitReadiness", new CheckCommitReadinessArgs
        {
            Name = definition.Name,
            Sequence = definition.Sequence,
            Version = definition.Version,
            InitRequired = definition.InitRequired,
            EndorsementPlugin = definition.EndorsementPlugin,
            ValidationPlugin = definition.ValidationPlugin,
            ValidationParameter = definition.EndorsementPolicy,
            Collections = definition.Collections,
        });

    /// <summary>Commits a definition to the channel.</summary>
    public static ChaincodeCall Commit(ChannelName channel, ChaincodeDefinition definition) =>
        Call(channel.Value, "CommitChaincodeDefinition", new CommitChaincodeDefinitionArgs
        {
            Name = definition.Name,
            Sequence = definition.Sequence,
            Version = definition.Version,
            InitRequired = definition.InitRequired,
            EndorsementPlugin = definition.EndorsementPlugin,
            ValidationPlugin = definition.ValidationPlugin,
            ValidationParameter = definition.EndorsementPolicy,
            Collections = definition.Collections,
        });

    /// <summary>Asks for one committed definition.</summary>
    public static ChaincodeCall QueryCommitted(ChannelName channel, string name) =>
        Call(channel.Value, "QueryChaincodeDefinition", new QueryChaincodeDefinitionArgs { Name = name });

    /// <summary>Asks for all committed definitions.</summary>
    public static ChaincodeCall QueryAllCommitted(ChannelName channel) => Call(channel.Value, "QueryChaincodeDefinitions", new QueryChaincodeDefinitionsArgs());

    private static ChaincodeCall Call(string channel, string function, IMessage argument) => ChaincodeCall.Of(channel, Lifecycle, function, argument);
}
