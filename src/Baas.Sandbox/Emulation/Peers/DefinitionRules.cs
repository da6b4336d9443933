using System.Text.RegularExpressions;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>What a chaincode definition has to be before an organization may approve or commit it.</summary>
internal static partial class DefinitionRules
{
    private static readonly string[] SystemNames = ["cscc", "escc", "lscc", "qscc", "vscc"];

    /// <summary>Checks name, version, endorsement policy and collections.</summary>
    /// <exception cref="EmulationException">Something is against the rules.</exception>
    public static void Demand(PeerChannel channel, string name, string version, ByteString policy, CollectionConfigPackage? collections)
    {
        if (!Name().IsMatch(name) || SystemNames.Contains(name))
        {
            throw Bad($"invalid chaincode name '{name}'");
        }

        if (!Version().IsMatch(version))
        {
            throw Bad($"invalid chaincode version '{version}'");
        }

        DemandPolicy(channel, policy);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var collection in collections?.Config.Select(config => config.StaticCollectionConfig) ?? [])
        {
            DemandCollection(channel, collection, known);
        }

        foreach (var committed in channel.DefinitionOf(name)?.Collections.Config.Select(config => config.StaticCollectionConfig) ?? [])
        {
            var proposed = collections?.Config.Select(config => config.StaticCollectionConfig).FirstOrDefault(collection => collection.Name == committed.Name);
            if (proposed is null || proposed.BlockToLive != committed.BlockToLive)
            {
                throw Bad($"existing collection [{committed.Name}] missing in the proposed collection configuration, or its BlockToLive modified");
            }
        }
    }

    private static void DemandPolicy(PeerChannel channel, ByteString policy)
    {
        if (policy.IsEmpty)
        {
            return;
        }

        ApplicationPolicy parsed;
        try
        {
            parsed = ApplicationPolicy.Parser.ParseFrom(policy);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw Bad($"the endorsement policy is malformed: {failure.Message}");
        }

        if (parsed.TypeCase != ApplicationPolicy.TypeOneofCase.SignaturePolicy && !channel.Config.Policies.Has(parsed.ChannelConfigPolicyReference))
        {
            throw Bad($"the endorsement policy refers to \"{parsed.ChannelConfigPolicyReference}\", which the channel does not have");
        }
    }

    private static void DemandCollection(PeerChannel channel, StaticCollectionConfig? collection, HashSet<string> known)
    {
        if (collection is null)
        {
            throw Bad("collection configuration is empty");
        }

        if (!Collection().IsMatch(collection.Name) || !known.Add(collection.Name))
        {
            throw Bad($"invalid or duplicate collection name '{collection.Name}'");
        }

        if (collection.MaximumPeerCount < collection.RequiredPeerCount || collection.RequiredPeerCount < 0)
        {
            throw Bad($"collection-name: {collection.Name} -- maximum peer count ({collection.MaximumPeerCount}) cannot be less than the required peer count ({collection.RequiredPeerCount}), nor that less than zero");
        }

        var members = collection.MemberOrgsPolicy?.SignaturePolicy ?? throw Bad($"collection member policy is not set for collection '{collection.Name}'");
        if (!IsAlternatives(members.Rule))
        {
            throw Bad($"collection-name: {collection.Name} -- error in member org policy: signature policy is not an OR concatenation");
        }

        DemandMembers(channel, members, $"collection-name: {collection.Name} -- collection");
    }

    private static bool IsAlternatives(SignaturePolicy? rule) => rule?.NOutOf is not { } gate || (gate.N == 1 && gate.Rules.All(IsAlternatives));

    private static void DemandMembers(PeerChannel channel, SignaturePolicyEnvelope policy, string what)
    {
        foreach (var principal in policy.Identities.Where(principal => principal.PrincipalClassification == MSPPrincipal.Types.Classification.Role))
        {
            var msp = MSPRole.Parser.ParseFrom(principal.Principal).MspIdentifier;
            if (!channel.Config.Msps.Ids.Contains(msp))
            {
                throw Bad($"{what} member '{msp}' is not part of the channel");
            }
        }
    }

    private static EmulationException Bad(string cause) => new($"error validating chaincode definition: {cause}");

    [GeneratedRegex("^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_.+-]+$")]
    private static partial Regex Version();

    [GeneratedRegex("^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$")]
    private static partial Regex Collection();
}
