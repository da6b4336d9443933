namespace Baas.Core.Networks.Plans;

/// <summary>What has to be added to a recorded specification, or to nothing, to get the wanted one.</summary>
internal static class AdditionsPlan
{
    /// <summary>The phases that have at least one change.</summary>
    public static IReadOnlyList<PlanPhase> Phases(NetworkSpec? recorded, NetworkSpec wanted)
    {
        PlanPhase[] phases =
        [
            new("organizations", false, [.. Organizations(recorded, wanted)]),
            new("nodes", false, [.. Orderers(recorded, wanted), .. Peers(recorded, wanted)]),
            new("channels", false, [.. Channels(recorded, wanted)]),
            new("chaincodes", false, [.. Chaincodes(recorded, wanted)]),
            new("verification", false, [.. Verifications(recorded, wanted)]),
        ];
        return [.. phases.Where(phase => phase.Changes.Count > 0)];
    }

    private static IEnumerable<NetworkChange> Organizations(NetworkSpec? recorded, NetworkSpec wanted)
    {
        var ordering = wanted.Ordering;
        if (recorded is null)
        {
            yield return new AddOrganization(ordering.Organization, ordering.MspId, ordering.Ca, ordering.Cluster, ordering.Nodes, true);
        }

        foreach (var organization in wanted.Organizations.Where(organization => Recorded(recorded, organization.Name) is null))
        {
            yield return new AddOrganization(organization.Name, organization.MspId, organization.Ca, organization.Cluster, Pods(wanted, organization), false);
        }
    }

    private static IEnumerable<NetworkChange> Orderers(NetworkSpec? recorded, NetworkSpec wanted)
    {
        var ordering = wanted.Ordering;
        ChannelName[] joins = recorded is null ? [] : [.. recorded.Channels.Select(channel => channel.Name)];
        return ordering.Orderers().Skip(recorded?.Ordering.Nodes ?? 0).Select(node =>
            new AddOrderer(node, ordering.MspId, ordering.Ca, wanted.FabricVersion, ordering.Resources, ordering.Cluster, wanted.Exposure, joins));
    }

    private static IEnumerable<NetworkChange> Peers(NetworkSpec? recorded, NetworkSpec wanted) =>
        from organization in wanted.Organizations
        let joins = JoinedBefore(recorded, organization.Name)
        let installs = CommittedBefore(recorded, wanted, joins)
        from node in organization.PeerNodes().Skip(Recorded(recorded, organization.Name)?.Peers ?? 0)
        select new AddPeer(
            node,
            organization.MspId,
            organization.Ca,
            wanted.FabricVersion,
            organization.StateDatabase,
            organization.Resources,
            organization.Cluster,
            wanted.Exposure,
            joins,
            installs);

    private static IEnumerable<NetworkChange> Channels(NetworkSpec? recorded, NetworkSpec wanted) =>
        from channel in wanted.Channels
        where recorded?.Channels.Any(old => old.Name == channel.Name) != true
        select new AddChannel(channel, wanted.Ordering, Members(wanted, channel.Name), FabricReleases.CapabilitiesOf(channel, wanted.FabricVersion))
        {
            HasFollowers = wanted.Chaincodes.Any(chaincode => chaincode.Channel == channel.Name),
        };

    private static IEnumerable<NetworkChange> Chaincodes(NetworkSpec? recorded, NetworkSpec wanted) =>
        from chaincode in wanted.Chaincodes
        let before = Predecessor(recorded, chaincode)
        where before is null || before.Sequence < chaincode.Sequence
        select new AddChaincode(chaincode, wanted.Ordering, Members(wanted, chaincode.Channel), before);

    // Of what this plan commits: a transaction is no state that could be compared.
    private static IEnumerable<NetworkChange> Verifications(NetworkSpec? recorded, NetworkSpec wanted) =>
        from change in Chaincodes(recorded, wanted).OfType<AddChaincode>()
        where change.Chaincode.Verify is not null
        select new VerifyChaincode(change.Chaincode, change.Members);

    /// <summary>The recorded definition of the same chaincode on the same channel.</summary>
    internal static ChaincodeSpec? Predecessor(NetworkSpec? recorded, ChaincodeSpec chaincode) =>
        recorded?.Chaincodes.FirstOrDefault(old => old.Name == chaincode.Name && old.Channel == chaincode.Channel);

    private static OrganizationSpec? Recorded(NetworkSpec? recorded, OrganizationName name) =>
        recorded?.Organizations.FirstOrDefault(organization => organization.Name == name);

    private static ChannelName[] JoinedBefore(NetworkSpec? recorded, OrganizationName organization) =>
        recorded is null ? [] : [.. recorded.Channels.Where(channel => channel.Organizations.Contains(organization)).Select(channel => channel.Name)];

    // A chaincode that gets a new version in the same plan is installed by that change.
    private static ChaincodeSpec[] CommittedBefore(NetworkSpec? recorded, NetworkSpec wanted, ChannelName[] joins) =>
        recorded is null
            ? []
            : [.. wanted.Chaincodes.Where(chaincode => joins.Contains(chaincode.Channel) && Predecessor(recorded, chaincode)?.Sequence == chaincode.Sequence)];

    private static OrganizationSpec[] Members(NetworkSpec spec, ChannelName name) =>
        [.. from channel in spec.Channels
            where channel.Name == name
            from member in channel.Organizations
            from organization in spec.Organizations
            where organization.Name == member
            select organization];

    private static int Pods(NetworkSpec spec, OrganizationSpec organization)
    {
        var joined = JoinedBefore(spec, organization.Name);
        var peers = organization.StateDatabase == StateDatabase.CouchDb ? organization.Peers * 2 : organization.Peers;
        return peers + spec.Chaincodes.Count(chaincode => joined.Contains(chaincode.Channel));
    }
}
