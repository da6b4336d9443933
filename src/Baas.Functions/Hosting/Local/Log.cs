using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Local;

/// <summary>What the local host logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "timer {Timer} failed and runs again at its next time")]
    public static partial void TimerFailed(ILogger logger, string timer, Exception failure);
}
