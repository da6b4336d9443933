using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Backups;
using Baas.Core.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>What the function app keeps in Azure: a storage account, one more for copies of backups, a vault.</summary>
internal static class CloudStores
{
    /// <summary>Adds blobs, queues and the master key, all reached with the app's identity.</summary>
    public static IServiceCollection AddCloudStores(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton<TokenCredential>(provider => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = OptionsOf(provider).IdentityClientId }))
        .AddSingleton(provider =>
            new BlobServiceClient(new Uri(OptionsOf(provider).StorageUri ?? ""), provider.GetRequiredService<TokenCredential>()).GetBlobContainerClient(OptionsOf(provider).Container))
        .AddSingleton(provider => new AzureBlobStore(provider.GetRequiredService<BlobContainerClient>()))
        .AddSingleton(provider => QueueOf(provider, name => new QueueClient(name, provider.GetRequiredService<TokenCredential>())))
        .AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<AzureWorkQueue>())
        .AddSingleton<IPoisonQueue>(provider => provider.GetRequiredService<AzureWorkQueue>())
        .AddSingleton<IPartsAddresses, SasAddresses>()
        .AddSingleton<IBlobStore>(provider => provider.GetRequiredService<AzureBlobStore>())
        .AddCopies(settings["azure:copyStorageUri"])
        .AddSingleton<IMasterKey>(provider => new KeyVaultMasterKey(
            new SecretClient(new Uri(OptionsOf(provider).KeyVaultUri ?? ""), provider.GetRequiredService<TokenCredential>()), OptionsOf(provider).MasterKeySecret));

    private static IServiceCollection AddCopies(this IServiceCollection services, string? account) => account is not { Length: > 0 } ? services : services.AddSingleton(provider =>
    {
        var container = new BlobServiceClient(new Uri(account), provider.GetRequiredService<TokenCredential>()).GetBlobContainerClient(OptionsOf(provider).Container);
        return new SecondPlace(account, new AzureBlobStore(container), provider.GetRequiredService<IMasterKey>());
    });

    private static AzureWorkQueue QueueOf(IServiceProvider provider, Func<Uri, QueueClient> open)
    {
        var service = OptionsOf(provider).Queues?.TrimEnd('/');
        return new AzureWorkQueue(
            open(new Uri($"{service}/{QueueNames.Work}")), open(new Uri($"{service}/{QueueNames.PoisonOf(QueueNames.Work)}")), provider.GetRequiredService<TimeProvider>());
    }

    private static AzureOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<AzureOptions>>().Value;
}
