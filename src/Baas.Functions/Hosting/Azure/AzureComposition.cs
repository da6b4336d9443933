using Azure.Core;
using Baas.Core.Fabric;
using Baas.Core.Health;
using Baas.Core.Kubernetes;
using Baas.Core.Networks.Validation;
using Baas.Core.Operations;
using Baas.Core.Operations.Renewals;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Pki;
using Baas.Core.Steps;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Durable;
using Baas.Functions.Hosting.Cloud;
using Baas.Functions.Hosting.Local;
using Baas.Functions.Hosting.Telemetry;
using Baas.Functions.Http;
using Baas.Functions.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Hosting.Azure;

/// <summary>Puts the service together as a function app: a storage account for blobs, Durable Task for workflows.</summary>
internal static class AzureComposition
{
    /// <summary>Adds everything. Settings are checked when the host starts; see <see cref="StartCheck"/>.</summary>
    public static IServiceCollection AddAzureService(this IServiceCollection services, IConfiguration settings)
    {
        _ = LocalSettings.Read<AzureOptions>(settings, "azure"); // a value of another kind, or a name that is none, is told here
        services.AddOptions<AzureOptions>().Bind(settings.GetSection("azure")).ValidateDataAnnotations().ValidateOnStart()
            .Validate(_ => settings["oidc:authority"] is { Length: > 0 }, "setting \"oidc:authority\" is missing; without a provider nobody could make the first API key");
        var clusters = LocalSettings.Read<List<ClusterOptions>>(settings, "clusters");
        return services
            .AddSingleton(TimeProvider.System)
            .AddRedactedLogging()
            .AddSingleton(new SpecificationOptions
            {
                Limits = LocalSettings.Read<SpecLimits>(settings, "limits"),
                Clusters = [.. clusters.Select(cluster => cluster.Name)],
            })
            .AddSingleton(LocalSettings.Read<HealthOptions>(settings, "health"))
            .AddSingleton(LocalSettings.Read<UpgradeOptions>(settings, "upgrades"))
            .AddSingleton(LocalSettings.Read<RenewalOptions>(settings, "renewals"))
            .AddCloudStores(settings)
            .AddSingleton(LocalSettings.Read<BackupOptions>(settings, "backups"))
            .AddStores()
            .AddPki()
            .AddFabric()
            .AddKubernetes(options => clusters.ForEach(options.Clusters.Add))
            .AddSingleton(ClustersOf) // in place of the one that AddKubernetes adds
            .AddSteps()
            .AddWorkflows()
            .AddDurableEngine()
            .AddOperations()
            .AddTimers()
            .AddApi(settings)
            .AddHttpContextAccessor()
            .AddSingleton(provider => new ApiEntry(ApiPipeline.Build(provider)))
            .AddHostedService<StartCheck>().AddHostedService<ClusterCheck>().AddHostedService<CopyCheck>()
            .AddAzureTelemetry(settings);
    }

    /// <summary>Adds the workflow client on Durable Task and what its functions call.</summary>
    public static IServiceCollection AddDurableEngine(this IServiceCollection services) => services
        .AddSingleton<DurableClients>()
        .AddSingleton<DurableStep>()
        .AddSingleton<IWorkflowClient, DurableWorkflowClient>();

    private static KubernetesClusters ClustersOf(IServiceProvider provider)
    {
        var identity = provider.GetRequiredService<IOptions<AzureOptions>>().Value.ClustersTrustEntra ? provider.GetRequiredService<TokenCredential>() : null;
        var connector = new ClusterConnector(identity, provider.GetRequiredService<TimeProvider>());
        return new KubernetesClusters([.. provider.GetRequiredService<IOptions<ClustersOptions>>().Value.Clusters], connector.Connect);
    }
}
