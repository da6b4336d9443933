using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#if AZURE_MONITOR
using Azure.Monitor.OpenTelemetry.Exporter;
using Baas.Core.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry;
#endif

namespace Baas.Functions.Hosting.Azure;

/// <summary>Sends traces and metrics to Azure Monitor.</summary>
internal static class AzureTelemetry
{
    /// <summary>Subscribes to Baas's source and meter; does nothing without the exporter's packages or where nothing says where to send to.</summary>
    public static IServiceCollection AddAzureTelemetry(this IServiceCollection services, IConfiguration settings)
    {
#if AZURE_MONITOR
        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(BaasTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(BaasTelemetry.Name));
        if (settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 }) // without it the exporter would end the start
        {
            telemetry.UseAzureMonitorExporter();
        }
#endif
        return services;
    }
}
