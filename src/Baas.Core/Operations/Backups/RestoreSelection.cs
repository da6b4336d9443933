using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Operations.Backups;

/// <summary>Which nodes may be put back over what is there. Pure.</summary>
internal static class RestoreSelection
{
    /// <summary>Refuses what would harm the network.</summary>
    /// <exception cref="RefusedException"><c>restore-needs-force</c>, <c>restore-node-unknown</c>, <c>restore-selection-unsafe</c>, <c>restore-specification-differs</c>.</exception>
    public static void Check(BackupManifest manifest, NetworkRecord network, RestoreRequest restore)
    {
        if (!restore.Force)
        {
            throw new RefusedException(
                RefusalKind.Conflict, "restore-needs-force", $"cannot restore network \"{network.Reference.Network}\": it is there; with force its nodes' volumes are replaced by those of backup {restore.Backup}");
        }

        var known = manifest.Volumes.Select(volume => volume.Node).ToHashSet();
        foreach (var node in restore.Nodes.Where(node => !known.Contains(node)))
        {
            throw new RefusedException(RefusalKind.Unprocessable, "restore-node-unknown", $"cannot restore node \"{node}\": backup {restore.Backup} does not hold it");
        }

        var wanted = NodesOf(network.Spec);
        if (restore.Nodes.Any(node => !wanted.Contains(node)) || (restore.Nodes.Count == 0 && !wanted.SetEquals(known)))
        {
            throw new RefusedException(
                RefusalKind.Conflict, "restore-specification-differs", $"cannot restore network \"{network.Reference.Network}\": its nodes are other ones than those of backup {restore.Backup}; name those to restore");
        }

        CheckOrderers(network.Spec.Ordering, restore);
    }

    /// <summary>Whether its nodes keep their addresses wherever it is restored, so that nobody else may have them. Names of namespaces do not: pods get aliases for them.</summary>
    public static bool TakesAddresses(BackupManifest manifest) => !manifest.Volumes.All(volume => volume.Endpoint is null or { IsNamedByCluster: true });

    /// <summary>What a new network is made from.</summary>
    /// <param name="manifest">The backup.</param>
    /// <param name="name">The network's name.</param>
    /// <param name="cluster">The cluster for all of it; null: those of the backup.</param>
    public static NetworkSpec SpecOf(BackupManifest manifest, NetworkName name, ClusterName? cluster)
    {
        var spec = manifest.Spec with { Name = name };
        return cluster is null ? spec : spec with
        {
            Ordering = spec.Ordering with { Cluster = cluster },
            Organizations = [.. spec.Organizations.Select(organization => organization with { Cluster = cluster })],
        };
    }

    // Orderers that know less than they have promised could decide anew what was decided: safe only while those that know all still decide alone, or
    // when nobody remembers, peers included.
    private static void CheckOrderers(OrderingSpec ordering, RestoreRequest restore)
    {
        var (all, restored) = (ordering.Nodes, ordering.Orderers().Count(restore.Nodes.Contains));
        if (restored > 0 && all - restored < ordering.Deciding())
        {
            throw new RefusedException(
                RefusalKind.Conflict,
                "restore-selection-unsafe",
                $"cannot restore {restored} of {all} orderers: the {all - restored} others cannot decide without them, and peers may know more than the backup; restore the whole network, peers included");
        }
    }

    private static HashSet<NodeReference> NodesOf(NetworkSpec spec) => [.. spec.Ordering.Orderers(), .. spec.Organizations.SelectMany(organization => organization.PeerNodes())];
}
