using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Health;

/// <summary>Observations of a network with three orderers, an organization with two peers and one channel, all well; tests break a part.</summary>
internal static class Seen
{
    public static readonly DateTimeOffset Now = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ChannelName Main = ChannelName.Parse("main");

    public static readonly OrganizationName Org1 = OrganizationName.Parse("org1");

    public static readonly OrganizationName Ordering = OrganizationName.Parse("orderer");

    public static NetworkObservation Well(Consensus consensus = Consensus.Raft, int orderers = 3)
    {
        var spec = new NetworkSpec
        {
            Name = NetworkName.Parse("net"),
            FabricVersion = FabricVersion.Parse("3.1.5"),
            Ordering = new OrderingSpec { Consensus = consensus, Nodes = orderers },
            Organizations = [new OrganizationSpec { Name = Org1, MspId = MspId.Parse("Org1MSP") }],
            Channels = [new ChannelSpec { Name = Main, Organizations = [Org1] }],
        };
        return new NetworkObservation
        {
            Network = new NetworkReference(TenantName.Parse("acme"), spec.Name),
            Spec = spec,
            Nodes = [.. spec.Ordering.Orderers().Select(Orderer), .. spec.Organizations[0].PeerNodes().Select(Peer)],
        };
    }

    /// <summary>The same with one node changed.</summary>
    public static NetworkObservation With(this NetworkObservation seen, string node, Func<NodeObservation, NodeObservation> change) =>
        seen with { Nodes = [.. seen.Nodes.Select(one => one.Node.ToString() == node ? change(one) : one)] };

    /// <summary>The same with the node's channel changed.</summary>
    public static NodeObservation On(this NodeObservation seen, Func<ChannelObservation, ChannelObservation> change) => seen with { Channels = [change(seen.Channels[0])] };

    /// <summary>The node with a pod whose probes fail, and that answers nobody.</summary>
    public static NodeObservation Dead(this NodeObservation seen) =>
        (seen with { Pod = seen.Pod! with { IsReady = false, Detail = "pod is not ready" }, CallFailure = "it does not answer" }).On(channel => new ChannelObservation { Channel = channel.Channel });

    private static NodeObservation Orderer(NodeReference node) => new()
    {
        Node = node,
        Role = NodeRole.Orderer,
        Pod = Running,
        Channels = [new ChannelObservation { Channel = Main, IsMember = true, Height = 100, IsActive = true, KnowsLeader = true, IsLeader = node.Node.Value == "orderer-1" }],
    };

    private static NodeObservation Peer(NodeReference node) => new()
    {
        Node = node,
        Role = NodeRole.Peer,
        Pod = Running,
        Channels = [new ChannelObservation { Channel = Main, IsMember = true, Height = 100 }],
    };

    private static PodObservation Running { get; } = new() { Uid = "uid-1", Phase = "Running", IsReady = true, StartedAt = Now - TimeSpan.FromDays(3) };
}
