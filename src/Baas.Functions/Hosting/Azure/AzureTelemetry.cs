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
    /// <summary>Subscribes to Baas's source and meter; does nothing in a build without the exporter's packages.</summary>
    public static IServiceCollection AddAzureTelemetry(this IServiceCollection services)
    {
#if AZURE_MONITOR
        services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(BaasTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(BaasTelemetry.Name))
            .UseAzureMonitorExporter(); // the connection string comes from APPLICATIONINSIGHTS_CONNECTION_STRING
#endif
        return services;
    }
}
