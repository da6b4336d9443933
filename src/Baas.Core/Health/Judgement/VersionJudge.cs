using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Health.Judgement;

/// <summary>Whether the nodes of a network run one version of Fabric. Pure.</summary>
internal static class VersionJudge
{
    /// <summary>Nodes of several versions work together, so this is told and makes nothing worse.</summary>
    public static IEnumerable<Finding> Judge(NetworkObservation seen)
    {
        var versions = seen.Nodes.Where(node => node is { Role: NodeRole.Orderer or NodeRole.Peer, Version: not null }).GroupBy(node => node.Version!).OrderBy(group => group.Key, StringComparer.Ordinal).ToList(); // just looked
        if (versions.Count > 1)
        {
            var groups = versions.Select(group => $"{group.Key} on {string.Join(", ", group.Select(NodeJudge.NameOf))}");
            yield return new Finding(FindingCodes.VersionSkew, HealthState.Healthy, seen.Network.Network.Value, $"its nodes run several versions: {string.Join("; ", groups)}");
        }
    }
}
