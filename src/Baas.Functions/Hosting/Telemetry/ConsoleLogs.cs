using Baas.Functions.Hosting.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Baas.Functions.Hosting.Telemetry;

/// <summary>Logs on standard error: standard output is for data.</summary>
internal static class ConsoleLogs
{
    /// <summary>The form of times in JSON, UTC; infra/helm/baas-logs reads it.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Adds the console in the form that the settings say.</summary>
    /// <exception cref="HostingException">A setting does not fit (<c>setting-invalid</c>).</exception>
    public static ILoggingBuilder AddConsole(this ILoggingBuilder logging, IConfiguration settings)
    {
        if (LocalSettings.Read<TelemetryOptions>(settings, "telemetry").Console == ConsoleFormat.Json)
        {
            logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, TimeFormat));
        }
        else
        {
            logging.AddSimpleConsole(text => text.SingleLine = true);
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
