using Baas.Core.Networks.Policies;

namespace Baas.Core.Networks.Validation;

/// <summary>Chaincodes and their private data collections.</summary>
internal static class ChaincodeRules
{
    // core/chaincode/lifecycle/scc.go, systemChaincodeNames
    private static readonly string[] SystemNames = ["cscc", "escc", "lscc", "qscc", "vscc"];

    /// <summary>Checks names, numbers and each chaincode by itself.</summary>
    public static void Check(NetworkSpec spec, SpecLimits limits, Findings findings)
    {
        var chaincodes = spec.Chaincodes;
        findings.Require(
            chaincodes.Count <= limits.Chaincodes,
            "$.chaincodes",
            "limit-exceeded",
            $"{chaincodes.Count} chaincodes are wanted, {limits.Chaincodes} are allowed");
        findings.RequireUnique(chaincodes, item => $"{item.Name} on {item.Channel}", index => $"$.chaincodes[{index}].name", "duplicate-name", "chaincode");

        for (var index = 0; index < chaincodes.Count; index++)
        {
            CheckChaincode(spec, chaincodes[index], $"$.chaincodes[{index}]", findings);
        }
    }

    private static void CheckChaincode(NetworkSpec spec, ChaincodeSpec chaincode, string path, Findings findings)
    {
        findings.Require(!SystemNames.Contains(chaincode.Name.Value), $"{path}.name", "reserved-name", $"\"{chaincode.Name}\" is the name of a system chaincode");
        if (spec.Channels.All(channel => channel.Name != chaincode.Channel))
        {
            findings.Add($"{path}.channel", "unknown-channel", $"there is no channel \"{chaincode.Channel}\"");
            return; // without members nothing more can be said
        }

        findings.Require(
            chaincode.Verify is null || !chaincode.InitRequired,
            $"{path}.verify",
            "verify-before-init",
            "a chaincode with initRequired refuses every transaction before its init, which is not called here");
        findings.Require(
            chaincode.Verify is null || ChannelMembers.Of(spec, chaincode.Channel).Any(member => member.Peers > 0),
            $"{path}.verify",
            "verify-without-peer",
            $"no member of channel \"{chaincode.Channel}\" has a peer");
        var members = ChannelMembers.Of(spec, chaincode.Channel);
        var rules = new PolicyRules(members, findings);
        if (chaincode.EndorsementPolicy is { } policy)
        {
            rules.Check(policy, $"{path}.endorsementPolicy", PolicyUse.Endorsement);
        }

        findings.RequireUnique(chaincode.Collections, item => item.Name.Value, index => $"{path}.collections[{index}].name", "duplicate-name", "collection");
        for (var index = 0; index < chaincode.Collections.Count; index++)
        {
            CheckCollection(chaincode.Collections[index], members, rules, $"{path}.collections[{index}]", findings);
        }
    }

    private static void CheckCollection(CollectionSpec collection, IReadOnlyList<OrganizationSpec> members, PolicyRules rules, string path, Findings findings)
    {
        findings.Require(
            collection.RequiredPeerCount <= collection.MaxPeerCount,
            $"{path}.requiredPeerCount",
            "collection-peer-count",
            $"requiredPeerCount ({collection.RequiredPeerCount}) is more than maxPeerCount ({collection.MaxPeerCount})");
        if (rules.Check(collection.Policy, $"{path}.policy", PolicyUse.Collection) is SignatureExpression policy)
        {
            var holders = policy.Principals().Select(principal => principal.MspId).ToHashSet();
            var peers = members.Where(member => holders.Contains(member.MspId)).Sum(member => member.Peers);
            findings.Require(
                collection.RequiredPeerCount == 0 || collection.RequiredPeerCount < peers,
                $"{path}.requiredPeerCount",
                "collection-peer-count",
                $"the data has to go to {collection.RequiredPeerCount} other peers, but its members run only {peers}, the endorsing one included");
        }

        if (collection.EndorsementPolicy is { } endorsement)
        {
            rules.Check(endorsement, $"{path}.endorsementPolicy", PolicyUse.Endorsement);
        }
    }
}
