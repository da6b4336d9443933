using Baas.Core.Networks;

namespace Baas.Core.Records.Backups;

/// <summary>The names of the records of backups.</summary>
internal static class BackupRecordNames
{
    /// <summary>The folder of all of them.</summary>
    public const string All = "records/backups/";

    /// <summary>The folder of a network's.</summary>
    public static string Of(NetworkReference network) => $"{All}{network.Tenant}/{network.Network}/";

    /// <summary>One.</summary>
    public static string Of(NetworkReference network, BackupId backup) => $"{Of(network)}{backup}.json";
}
