using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Local;

/// <summary>What the local host logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "timer {Timer} failed and runs again at its next time")]
    public static partial void TimerFailed(ILogger logger, string timer, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "operations were left as they are at start, and the sweep looks again each minute: {Reason}")]
    public static partial void StartSweepIncomplete(ILogger logger, string reason, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "setting \"clusters:{Number}\": cluster \"{Cluster}\" cannot be used now: {Reason}; {Advice}. Operations on it are tried again, those on other clusters go on")]
    public static partial void ClusterUnusable(this ILogger logger, int number, string cluster, string reason, string advice);

    [LoggerMessage(4, LogLevel.Warning, "backups cannot be copied now ({Code}): {Reason}. The service has started and tries again every five minutes")]
    public static partial void CopiesUnusable(this ILogger logger, string code, string reason);
}
