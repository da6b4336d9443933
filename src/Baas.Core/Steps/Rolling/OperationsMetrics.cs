using System.Text.RegularExpressions;

namespace Baas.Core.Steps.Rolling;

/// <summary>Reads a node's metrics, in Prometheus' text form.</summary>
internal static partial class OperationsMetrics
{
    /// <summary>The version that the node says it has; null when it does not say.</summary>
    public static string? VersionIn(string metrics) => VersionLine().Match(metrics) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>How many channels an orderer leads, whatever the consensus.</summary>
    public static int LedChannelsIn(string metrics) => LeaderLine().Count(metrics);

    // Some builds put a letter before the number.
    [GeneratedRegex("""^fabric_version\{[^}]*version="v?([^"]+)"[^}]*\}""", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^consensus_(?:etcdraft|BFT)_is_leader\{[^}]*\} 1(?:\.0*)?\s*$", RegexOptions.Multiline)]
    private static partial Regex LeaderLine();
}
