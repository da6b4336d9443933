using Baas.Core.Archives;
using Baas.Core.Networks;

namespace Baas.Core.Storage.Backups;

/// <summary>What a backup holds, in the order in which it was taken. Signed; nothing in it is secret.</summary>
public sealed record BackupManifest
{
    /// <summary>The form of this record and of the archives; 1.</summary>
    public required int Version { get; init; }

    /// <summary>The backup.</summary>
    public required BackupId Id { get; init; }

    /// <summary>The network that it is of.</summary>
    public required NetworkReference Network { get; init; }

    /// <summary>When it was whole.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tells the key of the network's backups from others without telling it.</summary>
    public required string KeyId { get; init; }

    /// <summary>The network's specification.</summary>
    public required NetworkSpec Spec { get; init; }

    /// <summary>Identities, authorities, genesis blocks and chaincode packages.</summary>
    public required VolumeRoot Artifacts { get; init; }

    /// <summary>The nodes' volumes: peers, each behind its CouchDB, then orderers; the last orderer is never behind another one.</summary>
    public required IReadOnlyList<BackedUpVolume> Volumes { get; init; }

    /// <summary>All archives with their volumes' names.</summary>
    internal IEnumerable<(string Volume, VolumeRoot Root)> Archives =>
        Volumes.Select(volume => (BackupNames.Volume(volume.Node, volume.Role), volume.Root)).Prepend((BackupNames.Artifacts, Artifacts));

    /// <summary>A node's volume.</summary>
    /// <exception cref="BackupException">The backup has none (<c>backup-volume-missing</c>).</exception>
    public BackedUpVolume VolumeOf(NodeReference node, NodeRole role) =>
        Volumes.FirstOrDefault(volume => volume.Node == node && volume.Role == role)
        ?? throw new BackupException("backup-volume-missing", $"cannot restore node \"{node}\": backup {Id} does not hold its volume");
}
