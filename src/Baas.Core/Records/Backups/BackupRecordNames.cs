using Baas.Core.Networks;

namespace Baas.Core.Records.Backups;

/// <summary>The names of the records of backups.</summary>
internal static class BackupRecordNames
{
    /// <summary>The folder of all of them.</summary>
    public const string All = "records/backups/";

    /// <summary>The folder of a network's.</summary>
    public static string Of(NetworkReference network) => $"{All}{network.Tenant}/{network.Network}/";

    /// <summary>The folder of the notes that a backup was forgotten and its parts and copies have to go.</summary>
    public const string AllForgotten = "records/backups-forgotten/";

    /// <summary>The folder of a network's notes.</summary>
    public static string Forgotten(NetworkReference network) => $"{AllForgotten}{network.Tenant}/{network.Network}/";

    /// <summary>One note.</summary>
    public static string Forgotten(NetworkReference network, BackupId backup) => $"{Forgotten(network)}{backup}.json";

    /// <summary>One.</summary>
    public static string Of(NetworkReference network, BackupId backup) => $"{Of(network)}{backup}.json";
}
