using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>What the host on Azure logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "what setting \"azure:{Setting}\" names does not answer now: {Reason}; check the address, and that the network lets the app reach it. The app has started and tries again with each request")]
    public static partial void DoesNotAnswer(this ILogger logger, string setting, string reason);
}
