using Baas.Core.Fabric.Policies;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks;
using Baas.Core.Networks.Policies;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>Private data collections as Fabric's tools encode them.</summary>
internal static class CollectionConfigs
{
    /// <summary>The message of a chaincode's collections, in their order.</summary>
    public static CollectionConfigPackage Encode(IReadOnlyList<CollectionSpec> collections) =>
        new() { Config = { collections.Select(collection => new CollectionConfig { StaticCollectionConfig = Encode(collection) }) } };

    private static StaticCollectionConfig Encode(CollectionSpec collection) => new()
    {
        Name = collection.Name.Value,
        MemberOrgsPolicy = new CollectionPolicyConfig { SignaturePolicy = MembersOf(collection) },
        RequiredPeerCount = collection.RequiredPeerCount,
        MaximumPeerCount = collection.MaxPeerCount,
        BlockToLive = checked((ulong)collection.BlockToLive),
        MemberOnlyRead = collection.MemberOnlyRead,
        MemberOnlyWrite = collection.MemberOnlyWrite,
        EndorsementPolicy = collection.EndorsementPolicy is { } policy ? ApplicationPolicies.Encode(policy) : null,
    };

    private static Protos.Common.SignaturePolicyEnvelope MembersOf(CollectionSpec collection) => PolicyExpression.Parse(collection.Policy) is SignatureExpression members
        ? SignaturePolicies.Encode(members)
        : throw new FormatException($"the policy of collection \"{collection.Name}\" is no signature policy");
}
