using Microsoft.Extensions.Logging;

namespace Baas.Functions.Queues;

/// <summary>What the work on the queue logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "a message of the queue failed and comes again after a pause")]
    public static partial void DeliveryFailed(ILogger logger, Exception failure);
}
