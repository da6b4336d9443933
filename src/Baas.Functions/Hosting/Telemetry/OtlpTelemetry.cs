using Baas.Core.Telemetry;
using Baas.Functions.Hosting.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Baas.Functions.Hosting.Telemetry;

/// <summary>Sends traces, metrics and logs to an OTLP collector. Without a collector in the settings nothing of OpenTelemetry is even loaded.</summary>
internal sealed class OtlpTelemetry : IDisposable
{
    private static readonly string[] Meters = [BaasTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];
    private static readonly string[] Sources = [BaasTelemetry.Name, "Microsoft.AspNetCore", "System.Net.Http"];

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private OtlpTelemetry(TelemetryOptions options)
    {
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(ResourceOf(options)).AddSource(Sources).AddOtlpExporter(otlp => Point(otlp, options, "traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(ResourceOf(options)).AddMeter(Meters)
            .AddOtlpExporter((otlp, reader) =>
            {
                Point(otlp, options, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsInterval.TotalMilliseconds;
            })
            .Build();
    }

    /// <summary>Begins to send when the settings name a collector; logs go there beside the console.</summary>
    /// <returns>What stops it, after sending what is left; null when nothing is sent.</returns>
    /// <exception cref="HostingException">A setting does not fit (<c>setting-invalid</c>).</exception>
    public static IDisposable? Start(IConfiguration settings, ILoggingBuilder logging)
    {
        var options = LocalSettings.Read<TelemetryOptions>(settings, "telemetry");
        return options.OtlpEndpoint is null ? null : Start(Checked(options), logging);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static OtlpTelemetry Start(TelemetryOptions options, ILoggingBuilder logging)
    {
        logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(ResourceOf(options));
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter(otlp => Point(otlp, options, "logs"));
        });
        return new OtlpTelemetry(options);
    }

    private static TelemetryOptions Checked(TelemetryOptions options)
    {
        if (options.OtlpEndpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" } address || address.AbsolutePath != "/")
        {
            throw new HostingException("setting-invalid", $"cannot use setting \"telemetry:otlpEndpoint\": \"{options.OtlpEndpoint}\" is no address like http://collector:4317, without a path");
        }

        return options.MetricsInterval >= TimeSpan.FromSeconds(1)
            ? options
            : throw new HostingException("setting-invalid", "cannot use setting \"telemetry:metricsInterval\": it has to be a second or more");
    }

    private static ResourceBuilder ResourceOf(TelemetryOptions options) =>
        ResourceBuilder.CreateDefault().AddService(options.ServiceName, serviceVersion: typeof(OtlpTelemetry).Assembly.GetName().Version?.ToString(3));

    private static void Point(OtlpExporterOptions otlp, TelemetryOptions options, string signal)
    {
        var isHttp = options.OtlpProtocol == OtlpProtocol.Http;
        otlp.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        otlp.Endpoint = isHttp ? new Uri(options.OtlpEndpoint!, $"v1/{signal}") : options.OtlpEndpoint!; // Start has looked at it
    }
}
