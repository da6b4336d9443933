using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Makes definitions of the arguments that ask for them, with Fabric's defaults for what is not given.</summary>
internal static class Definitions
{
    /// <summary>Of an approval.</summary>
    public static ChaincodeDefinition Of(ApproveChaincodeDefinitionForMyOrgArgs args, PeerChannel channel) =>
        Make(channel, args.Sequence, args.Version, args.EndorsementPlugin, args.ValidationPlugin, args.ValidationParameter, args.Collections, args.InitRequired);

    /// <summary>Of a commit.</summary>
    public static ChaincodeDefinition Of(CommitChaincodeDefinitionArgs args, PeerChannel channel) =>
        Make(channel, args.Sequence, args.Version, args.EndorsementPlugin, args.ValidationPlugin, args.ValidationParameter, args.Collections, args.InitRequired);

    /// <summary>Of a question about readiness.</summary>
    public static ChaincodeDefinition Of(CheckCommitReadinessArgs args, PeerChannel channel) =>
        Make(channel, args.Sequence, args.Version, args.EndorsementPlugin, args.ValidationPlugin, args.ValidationParameter, args.Collections, args.InitRequired);

    /// <summary>Whether two definitions say the same, sequence aside.</summary>
    public static bool AreSame(ChaincodeDefinition? one, ChaincodeDefinition other) =>
        one is not null && one.Endorsement.Equals(other.Endorsement) && one.Validation.Equals(other.Validation) && one.Collections.Equals(other.Collections);

    private static ChaincodeDefinition Make(
        PeerChannel channel, long sequence, string version, string endorsement, string validation, ByteString policy, CollectionConfigPackage? collections, bool initRequired)
    {
        if (policy.IsEmpty && !channel.Config.Policies.Has(EndorsementPolicies.Default))
        {
            throw new EmulationException($"policy '{EndorsementPolicies.Default}' must be defined for channel '{channel.Name}' before chaincode operations can be attempted");
        }

        return new ChaincodeDefinition(
            sequence,
            new ChaincodeEndorsementInfo { Version = version, InitRequired = initRequired, EndorsementPlugin = endorsement.Length == 0 ? "escc" : endorsement },
            new ChaincodeValidationInfo
            {
                ValidationPlugin = validation.Length == 0 ? "vscc" : validation,
                ValidationParameter = policy.IsEmpty ? new ApplicationPolicy { ChannelConfigPolicyReference = EndorsementPolicies.Default }.ToByteString() : policy,
            },
            collections ?? new CollectionConfigPackage());
    }
}
