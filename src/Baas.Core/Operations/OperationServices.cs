using Baas.Core.Operations.Access;
using Baas.Core.Operations.Backups;
using Baas.Core.Operations.Exports;
using Baas.Core.Operations.Health;
using Baas.Core.Operations.Logs;
using Baas.Core.Operations.Queues;
using Baas.Core.Operations.Renewals;
using Baas.Core.Operations.Transactions;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baas.Core.Operations;

/// <summary>Registers the use cases.</summary>
internal static class OperationServices
{
    /// <summary>Adds the use cases; the store, the engine and a <see cref="TimeProvider"/> have to be registered, too.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.TryAddSingleton<UpgradeOptions>(); // a host that reads settings has added its own
        services.TryAddSingleton<RenewalOptions>();
        return services.AddUseCases();
    }

    private static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddSingleton<RecordStore>()
        .AddSingleton<IdempotencyKeys>()
        .AddSingleton<OperationStarter>()
        .AddSingleton<OperationQueries>()
        .AddSingleton<OperationSweep>()
        .AddSingleton<NetworkLock>()
        .AddSingleton<NetworkOperations>()
        .AddSingleton<NetworkDeletion>()
        .AddSingleton<MaintenanceOperations>()
        .AddSingleton<BackupManifests>()
        .AddSingleton<BackupOperations>()
        .AddSingleton<BackupSchedules>()
        .AddSingleton<BackupSweep>()
        .AddSingleton<BackupUpkeep>()
        .AddSingleton<RestoreOperations>()
        .AddSingleton<BackupTransfers>()
        .AddSingleton<UpgradeOperations>()
        .AddSingleton<CertificateInventory>()
        .AddSingleton<RenewalOperations>()
        .AddSingleton<RenewalSweep>()
        .AddSingleton<OperationQueue>()
        .AddSingleton<MessageHandler>()
        .AddSingleton<MessageReceiver>()
        .AddSingleton<PoisonMessages>()
        .AddSingleton<QueueWatch>()
        .AddSingleton<NetworkExports>()
        .AddHealth()
        .AddSingleton<NodeLogs>()
        .AddSingleton<SpecificationIntake>()
        .AddSingleton<TenantAuthorities>()
        .AddSingleton<TenantOperations>()
        .AddTransactions()
        .AddSingleton<ApiKeys>();
}
