using Baas.Functions.Hosting.Cloud;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#if AZURE_MONITOR
using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Baas.Core.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry;
#endif

namespace Baas.Functions.Hosting.Azure;

/// <summary>Sends traces and metrics to Azure Monitor.</summary>
internal static class AzureTelemetry
{
    /// <summary>Subscribes to Baas's source and meter; sends nothing without the exporter's packages or where nothing says where to send to.</summary>
    public static IServiceCollection AddAzureTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        var connection = MonitorSettings.ReadConnection(settings);
#if AZURE_MONITOR
        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(BaasTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(BaasTelemetry.Name));
        if (connection is not null) // without it the exporter would end the start
        {
            services.AddOptions<AzureMonitorExporterOptions>().Configure<TokenCredential>((exporter, app) => exporter.Credential = MonitorSettings.NeedsIdentity(settings) ? app : null);
            telemetry.UseAzureMonitorExporter(exporter => exporter.ConnectionString = connection);
        }
#endif
        return services;
    }
}
