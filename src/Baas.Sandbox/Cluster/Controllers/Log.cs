using Microsoft.Extensions.Logging;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>The log lines of the cluster's own parts.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "cannot reconcile \"{Key}\"; it is tried again")]
    public static partial void ReconcileFailed(ILogger logger, string key, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "cannot run pod \"{Pod}\"; it is tried again")]
    public static partial void PodFailed(ILogger logger, string pod, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "cannot record an event about \"{Subject}\"")]
    public static partial void EventFailed(ILogger logger, string subject, Exception failure);
}
