using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Finds the policies that the writes of a transaction have to satisfy.</summary>
internal static class EndorsementPolicies
{
    private const string ImplicitPrefix = "_implicit_org_";

    /// <summary>The policy of public writes to the lifecycle.</summary>
    public const string Lifecycle = "/Channel/Application/LifecycleEndorsement";

    /// <summary>The policy of a chaincode that names none.</summary>
    public const string Default = "/Channel/Application/Endorsement";

    /// <summary>The collection in which the lifecycle keeps an organization's own approvals.</summary>
    public static string ImplicitCollection(string mspId) => ImplicitPrefix + mspId;

    /// <summary>Why the endorsements do not suffice, or null when they do.</summary>
    public static string? Refuse(PeerChannel channel, TransactionReader transaction, ReadWriteSet set)
    {
        var called = transaction.Action.ChaincodeId?.Name ?? string.Empty;
        foreach (var space in set.Namespaces.Where(space => space.Name == called || Writes(space)))
        {
            if (space.Name != LifecycleChaincode.Name && channel.DefinitionOf(space.Name) is null)
            {
                return $"chaincode {space.Name} is not defined";
            }

            foreach (var (collection, _) in space.Collections.Where(collection => collection.Value.Set.HashedWrites.Count > 0))
            {
                if (RefuseCollection(channel, space.Name, collection, transaction.Endorsements) is { } reason)
                {
                    return $"collection {collection}: {reason}";
                }
            }

            var hasOnlyPrivateWrites = space.Public.Writes.Count == 0 && Writes(space);
            if (!hasOnlyPrivateWrites && RefuseNamespace(channel, space.Name, transaction.Endorsements) is { } refused)
            {
                return $"namespace {space.Name}: {refused}";
            }
        }

        return null;
    }

    /// <summary>Why signatures do not satisfy a policy as chaincode definitions write it, or null when they do.</summary>
    public static string? Refuse(PeerChannel channel, ByteString policy, IReadOnlyList<SignedData> endorsements)
    {
        try
        {
            var parsed = ApplicationPolicy.Parser.ParseFrom(policy);
            return parsed.TypeCase switch
            {
                ApplicationPolicy.TypeOneofCase.SignaturePolicy => channel.Config.Policies.Refuse(parsed.SignaturePolicy, endorsements),
                ApplicationPolicy.TypeOneofCase.ChannelConfigPolicyReference => channel.Config.Policies.Refuse(parsed.ChannelConfigPolicyReference, endorsements),
                _ => "the policy is empty",
            };
        }
        catch (InvalidProtocolBufferException)
        {
            return "the policy is malformed";
        }
    }

    private static bool Writes(ReadWriteSet.Space space) => space.Public.Writes.Count > 0 || space.Collections.Values.Any(collection => collection.Set.HashedWrites.Count > 0);

    private static string? RefuseNamespace(PeerChannel channel, string space, IReadOnlyList<SignedData> endorsements) => space == LifecycleChaincode.Name
        ? channel.Config.Policies.Refuse(Lifecycle, endorsements)
        : Refuse(channel, channel.DefinitionOf(space)!.Validation.ValidationParameter, endorsements); // looked up before

    private static string? RefuseCollection(PeerChannel channel, string space, string collection, IReadOnlyList<SignedData> endorsements)
    {
        if (!collection.StartsWith(ImplicitPrefix, StringComparison.Ordinal))
        {
            var own = channel.DefinitionOf(space)?.Collections.Config.FirstOrDefault(config => config.StaticCollectionConfig?.Name == collection)?.StaticCollectionConfig;
            return own?.EndorsementPolicy is { } policy ? Refuse(channel, policy.ToByteString(), endorsements) : RefuseNamespace(channel, space, endorsements);
        }

        var organization = channel.Config.Members.FirstOrDefault(member => member.Value == collection[ImplicitPrefix.Length..]).Key;
        return organization is null ? "its organization is not a member" : channel.Config.Policies.Refuse($"/Channel/Application/{organization}/Endorsement", endorsements);
    }
}
