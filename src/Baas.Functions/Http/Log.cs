using Microsoft.Extensions.Logging;

namespace Baas.Functions.Http;

/// <summary>What the HTTP border logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed with {Code}, trace {TraceId}")]
    public static partial void RequestFailed(ILogger logger, string method, string path, string code, string traceId, Exception? failure);
}
