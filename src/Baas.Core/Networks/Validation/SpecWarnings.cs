using Baas.Core.Networks.Policies;

namespace Baas.Core.Networks.Validation;

/// <summary>What works and is likely to be regretted.</summary>
internal static class SpecWarnings
{
    /// <summary>sampleconfig/configtx.yaml: half of gRPC's usual 100 MB.</summary>
    private const int LargestSensibleBlock = 49 * 1024 * 1024;

    /// <summary>Notes the warnings.</summary>
    public static void Check(NetworkSpec spec, Findings findings)
    {
        CheckOrdering(spec.Ordering, findings);
        for (var index = 0; index < spec.Organizations.Count; index++)
        {
            var organization = spec.Organizations[index];
            findings.Warn(
                organization.Peers == 1,
                $"$.organizations[{index}].peers",
                "one-peer",
                $"organization \"{organization.Name}\" has one peer: while it is down or being upgraded, the organization can do nothing");
        }

        CheckChannels(spec, findings);
        foreach (var (index, chaincode) in spec.Chaincodes.Index())
        {
            foreach (var (place, collection) in chaincode.Collections.Index())
            {
                CheckCollection(collection, $"$.chaincodes[{index}].collections[{place}]", findings);
            }
        }
    }

    private static void CheckChannels(NetworkSpec spec, Findings findings)
    {
        for (var index = 0; index < spec.Channels.Count; index++)
        {
            var databases = ChannelMembers.Of(spec, spec.Channels[index].Name).Select(member => member.StateDatabase).Distinct().Count();
            findings.Warn(
                databases > 1,
                $"$.channels[{index}].organizations",
                "mixed-state-databases",
                $"members of channel \"{spec.Channels[index].Name}\" keep the state in different databases: rich queries work on some peers only");
        }
    }

    // core/common/privdata/store.go, RetrieveReadWritePermission: the caller has to satisfy the members' policy himself.
    private static void CheckCollection(CollectionSpec collection, string path, Findings findings) =>
        findings.Warn(
            (collection.MemberOnlyRead || collection.MemberOnlyWrite) && PolicyExpression.TryParse(collection.Policy, out var parsed, out _) && parsed is SignatureExpression policy
                && policy.Principals().All(principal => principal.Role == PolicyRole.Peer),
            $"{path}.policy",
            "collection-without-clients",
            $"only peers are members of collection \"{collection.Name}\": clients will be refused; use the role member, or allow others to read and write");

    private static void CheckOrdering(OrderingSpec ordering, Findings findings)
    {
        findings.Warn(
            ordering is { Consensus: Consensus.Raft, Nodes: 1 },
            "$.ordering.nodes",
            "single-orderer",
            "a single orderer cannot be upgraded, moved or lost without stopping the network, and more are hard to add later");
        findings.Warn(
            ordering.Consensus == Consensus.Raft && ordering.Nodes % 2 == 0,
            "$.ordering.nodes",
            "even-raft-nodes",
            $"{ordering.Nodes} raft orderers tolerate no more failures than {ordering.Nodes - 1}");
        findings.Warn(
            ordering.Consensus == Consensus.Bft && ordering.Nodes > 4 && (ordering.Nodes - 1) % 3 != 0,
            "$.ordering.nodes",
            "bft-surplus-nodes",
            $"{ordering.Nodes} bft orderers tolerate no more failures than {(BftSizes.Faulty(ordering.Nodes) * 3) + 1}");
        findings.Warn(
            ordering.Batch.AbsoluteMaxBytes > LargestSensibleBlock,
            "$.ordering.batch.absoluteMaxBytes",
            "large-blocks",
            "blocks of more than 49 MiB may not pass the nodes' gRPC message limit of 100 MiB");
    }
}
