using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Backups;
using Baas.Core.Storage.Files;
using Baas.Core.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>What the function app keeps in Azure: a storage account, one more for copies of backups, a vault.</summary>
internal static class CloudStores
{
    /// <summary>Adds blobs, queues and the master key, all reached with the app's identity; on a developer's machine with the key of an emulated account.</summary>
    public static IServiceCollection AddCloudStores(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton<TokenCredential>(provider => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = OptionsOf(provider).IdentityClientId }))
        .AddSingleton(provider => AccountOf(provider).GetBlobContainerClient(OptionsOf(provider).Container))
        .AddSingleton(provider => new AzureBlobStore(provider.GetRequiredService<BlobContainerClient>()))
        .AddSingleton(provider => new AzureWorkQueue(QueueOf(provider, QueueNames.Work), QueueOf(provider, QueueNames.PoisonOf(QueueNames.Work)), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<AzureWorkQueue>())
        .AddSingleton<IPoisonQueue>(provider => provider.GetRequiredService<AzureWorkQueue>())
        .AddSingleton<IPartsAddresses, SasAddresses>()
        .AddSingleton<IBlobStore>(provider => provider.GetRequiredService<AzureBlobStore>())
        .AddCopies(settings["azure:copyStorageUri"])
        .AddSingleton<IMasterKey>(provider => OptionsOf(provider) switch
        {
            { DevelopmentStorage: not null, DevelopmentKeyFile: var file } => KeyIn(file),
            var options => new KeyVaultMasterKey(new SecretClient(new Uri(options.KeyVaultUri ?? ""), provider.GetRequiredService<TokenCredential>()), options.MasterKeySecret),
        });

    private static BlobServiceClient AccountOf(IServiceProvider provider) => OptionsOf(provider) switch
    {
        { DevelopmentStorage: { } connection } => new BlobServiceClient(connection),
        var options => new BlobServiceClient(new Uri(options.StorageUri ?? ""), provider.GetRequiredService<TokenCredential>()),
    };

    private static QueueClient QueueOf(IServiceProvider provider, string name) => OptionsOf(provider) switch
    {
        { DevelopmentStorage: { } connection } => new QueueClient(connection, name),
        var options => new QueueClient(new Uri($"{options.Queues?.TrimEnd('/')}/{name}"), provider.GetRequiredService<TokenCredential>()),
    };

    private static AesMasterKey KeyIn(string file)
    {
        FileMasterKey.CreateIfAbsent(file);
        return FileMasterKey.Read(file);
    }

    private static IServiceCollection AddCopies(this IServiceCollection services, string? account) => account is not { Length: > 0 } ? services : services.AddSingleton(provider =>
    {
        var container = new BlobServiceClient(new Uri(account), provider.GetRequiredService<TokenCredential>()).GetBlobContainerClient(OptionsOf(provider).Container);
        return new SecondPlace(account, new AzureBlobStore(container), provider.GetRequiredService<IMasterKey>());
    });

    private static AzureOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<AzureOptions>>().Value;
}
