using Baas.Core.Networks;
using Baas.Core.Records;

namespace Baas.Core.Operations.Exports;

/// <summary>Who runs what in a network and where it listens.</summary>
public sealed record Topology
{
    /// <summary>The network's name.</summary>
    public required NetworkName Network { get; init; }

    /// <summary>Where it stands.</summary>
    public required NetworkState State { get; init; }

    /// <summary>The nodes' Fabric version.</summary>
    public required FabricVersion FabricVersion { get; init; }

    /// <summary>How orderers agree.</summary>
    public required Consensus Consensus { get; init; }

    /// <summary>The organizations, the ordering one first.</summary>
    public required IReadOnlyList<TopologyOrganization> Organizations { get; init; }

    /// <summary>The channels.</summary>
    public required IReadOnlyList<TopologyChannel> Channels { get; init; }

    /// <summary>Puts a network's record and its observed endpoints together. Pure.</summary>
    internal static Topology Of(NetworkRecord network, IReadOnlyList<NodeEndpoint> nodes)
    {
        var spec = network.Spec;
        return new Topology
        {
            Network = spec.Name,
            State = network.State,
            FabricVersion = spec.FabricVersion,
            Consensus = spec.Ordering.Consensus,
            Organizations =
            [
                new(spec.Ordering.Organization, spec.Ordering.MspId, true, NodesOf(spec.Ordering.Organization, nodes)),
                .. spec.Organizations.Select(organization => new TopologyOrganization(organization.Name, organization.MspId, false, NodesOf(organization.Name, nodes))),
            ],
            Channels =
            [
                .. spec.Channels.Select(channel => new TopologyChannel(
                    channel.Name, channel.Organizations, [.. spec.Chaincodes.Where(chaincode => chaincode.Channel == channel.Name).Select(TopologyChaincode.Of)])),
            ],
        };
    }

    private static IReadOnlyList<TopologyNode> NodesOf(OrganizationName organization, IReadOnlyList<NodeEndpoint> nodes) =>
        [.. nodes.Where(node => node.Node.Organization == organization)
            .OrderBy(node => node.Role).ThenBy(node => node.Node.Node.Value, StringComparer.Ordinal)
            .Select(node => new TopologyNode(node.Node.Node, node.Role, $"{node.Reached}:{node.Port}"))];
}
