using Baas.Core.Networks;

namespace Baas.Core.Storage.Backups;

/// <summary>The names of everything that backups keep. It stands apart from the network's own blobs, so it survives the network.</summary>
internal static class BackupNames
{
    /// <summary>The part that holds identities, channels and packages.</summary>
    public const string Artifacts = "artifacts";

    /// <summary>The folder of nodes' volumes, within a network's backups.</summary>
    public const string VolumesFolder = "volumes/";

    /// <summary>The folder of what is known of packed volumes, within a network's backups.</summary>
    public const string NotesFolder = "notes/";

    /// <summary>The folder of a network's backups.</summary>
    public static string Folder(NetworkReference network) => $"backups/{network.Tenant}/{network.Network}/";

    /// <summary>The scope of the key of a network's backups.</summary>
    public static SecretScope Keys(NetworkReference network) => new(KeysFolder(network));

    /// <summary>The folder of that key.</summary>
    public static string KeysFolder(NetworkReference network) => $"{Folder(network)}keys/";

    /// <summary>Says that parts are being collected, and until when.</summary>
    public static string Collecting(NetworkReference network) => $"{Folder(network)}collecting";

    /// <summary>The folder of manifests.</summary>
    public static string Manifests(NetworkReference network) => $"{Folder(network)}manifests/";

    /// <summary>A backup's manifest.</summary>
    public static string Manifest(NetworkReference network, BackupId backup) => $"{Manifests(network)}{backup}.json";

    /// <summary>The folder of a volume's parts.</summary>
    /// <param name="network">The network.</param>
    /// <param name="volume"><see cref="Artifacts"/>, or what <see cref="Volume"/> gives.</param>
    public static string Parts(NetworkReference network, string volume) => $"{Folder(network)}{volume}/";

    /// <summary>The folder of what is known of packed volumes whose backups are not whole yet.</summary>
    public static string Notes(NetworkReference network) => $"{Folder(network)}{NotesFolder}";

    /// <summary>A node's volume; its CouchDB's has a name of its own.</summary>
    public static string Volume(NodeReference node, NodeRole role) => $"{VolumesFolder}{node.Organization}/{node.Node}{(role == NodeRole.StateDatabase ? "-couchdb" : "")}";
}
