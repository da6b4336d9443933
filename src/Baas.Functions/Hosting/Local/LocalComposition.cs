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
using Baas.Core.Storage.Files;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine.Journal;
using Baas.Functions.Hosting.Telemetry;
using Baas.Functions.Http;
using Baas.Functions.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Hosting.Local;

/// <summary>Puts the service together for one process: files for blobs, the journal for workflows.</summary>
internal static class LocalComposition
{
    /// <summary>Adds everything; whoever opened the folder closes it, after the services.</summary>
    public static IServiceCollection AddLocalService(this IServiceCollection services, LocalOptions options, DataFolder folder)
    {
        var backups = LocalSettings.Read<BackupOptions>(options.Settings, "backups");
        services
            .AddSingleton(TimeProvider.System)
            .AddRedactedLogging()
            .AddSingleton(SpecificationOptionsOf(options))
            .AddSingleton(LocalSettings.Read<HealthOptions>(options.Settings, "health"))
            .AddSingleton(LocalSettings.Read<UpgradeOptions>(options.Settings, "upgrades"))
            .AddSingleton(LocalSettings.Read<RenewalOptions>(options.Settings, "renewals"))
            .AddFileStorage(folder)
            .AddTransfers(backups)
            .AddCopies(backups)
            .AddStores()
            .AddPki()
            .AddFabric()
            .AddKubernetes(clusters =>
            {
                foreach (var cluster in options.Clusters)
                {
                    clusters.Clusters.Add(cluster);
                }
            })
            .AddSteps()
            .AddWorkflows()
            .AddJournalEngine()
            .Configure<JournalOptions>(journal =>
            {
                LocalSettings.Guard("journal", () => journal.BindTo(options.Settings));
                journal.Path = folder.JournalPath;
            })
            .AddOperations()
            .AddHostedService<ClusterCheck>()
            .AddHostedService<CopyCheck>()
            .AddTimers();
        return LocalSettings.Guard("oidc", () => services.AddApi(options.Settings));
    }

    private static JournalOptions BindTo(this JournalOptions journal, IConfiguration settings)
    {
        settings.GetSection("journal").Bind(journal, binder => binder.ErrorOnUnknownConfiguration = true);
        return journal;
    }

    private static SpecificationOptions SpecificationOptionsOf(LocalOptions options) => new()
    {
        Limits = LocalSettings.Read<SpecLimits>(options.Settings, "limits"),
        Clusters = [.. options.Clusters.Select(cluster => cluster.Name)],
    };
}
