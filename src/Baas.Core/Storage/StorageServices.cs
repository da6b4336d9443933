using Azure.Storage.Blobs;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Backups;
using Baas.Core.Storage.Files;
using Baas.Core.Storage.Identities;
using Baas.Core.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Storage;

/// <summary>Registers the stores.</summary>
internal static class StorageServices
{
    /// <summary>Adds what stands on any blob store; <see cref="IBlobStore"/> and <see cref="IMasterKey"/> have to be registered, too.</summary>
    public static IServiceCollection AddStores(this IServiceCollection services) => services
        .AddSingleton<SecretStore>()
        .AddSingleton<TransactionStore>()
        .AddSingleton<IdentityStore>()
        .AddSingleton<ArtifactStore>()
        .AddSingleton<BroughtAuthorityStore>()
        .AddSingleton<BackupStore>()
        .AddSingleton<NetworkArtifacts>();

    /// <summary>Adds blobs and master key of the embedded mode. Whoever opened the folder closes it, after the services.</summary>
    public static IServiceCollection AddFileStorage(this IServiceCollection services, DataFolder folder) => services
        .AddSingleton<IBlobStore>(_ => folder.OpenBlobs())
        .AddSingleton<IMasterKey>(_ => folder.OpenMasterKey())
        .AddSingleton(provider => folder.OpenQueue(QueueNames.Work, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<FileWorkQueue>())
        .AddSingleton<IPoisonQueue>(provider => provider.GetRequiredService<FileWorkQueue>());

    /// <summary>Adds addresses of parts at this service itself.</summary>
    public static IServiceCollection AddTransfers(this IServiceCollection services, BackupOptions options) => services
        .AddSingleton(options)
        .AddSingleton<TransferAddresses>()
        .AddSingleton<IPartsAddresses>(provider => provider.GetRequiredService<TransferAddresses>());

    /// <summary>Adds the folder that backups are copied to, where the settings name one.</summary>
    public static IServiceCollection AddCopies(this IServiceCollection services, BackupOptions options) => options.CopyFolder is not { Length: > 0 } folder
        ? services
        : services.AddSingleton(provider => new SecondPlace(folder, FileBlobStore.OpenedByWriting(folder), provider.GetRequiredService<IMasterKey>()));

    /// <summary>Adds blobs in a container of an Azure storage account; an <see cref="IMasterKey"/> has to be registered, too.</summary>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, BlobContainerClient container) => services
        .AddSingleton<IBlobStore>(_ => new AzureBlobStore(container));
}
