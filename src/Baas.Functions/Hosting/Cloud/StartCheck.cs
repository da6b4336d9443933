using Azure.Identity;
using Baas.Core;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Backups;
using Baas.Core.Storage.Queues;
using Baas.Functions.Hosting.Local;
using Microsoft.Extensions.Hosting;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>Reaches for storage and vault once before anything else runs, so that a wrong setting or role shows at the start and not in a workflow.</summary>
internal sealed class StartCheck(AzureBlobStore blobs, AzureWorkQueue queue, IMasterKey masterKey, SecondPlace? second = null) : IHostedService
{
    /// <inheritdoc/>
    /// <exception cref="HostingException">Storage or vault cannot be used; it names the setting.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await CheckAsync("storageUri", "the identity needs the role \"Storage Blob Data Contributor\" there", () => blobs.CreateContainerAsync(cancellationToken));
        await CheckAsync("queueUri", "the identity needs the role \"Storage Queue Data Contributor\" there", () => queue.CreateQueuesAsync(cancellationToken));
        if (second?.Place.Blobs is AzureBlobStore copies)
        {
            await CheckAsync("copyStorageUri", "the identity needs the role \"Storage Blob Data Contributor\" there", () => copies.CreateContainerAsync(cancellationToken));
        }

        await CheckAsync("keyVaultUri", "the identity needs the role \"Key Vault Secrets User\" there", () => masterKey.GetIdAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task CheckAsync(string setting, string advice, Func<Task> reach)
    {
        try
        {
            await reach();
        }
        catch (Exception failure) when (failure is BaasException { IsTransient: false } or AuthenticationFailedException or InvalidOperationException) // the last: tokens are not sent without TLS
        {
            throw new HostingException("azure-unusable", $"cannot use what setting \"azure:{setting}\" names: {failure.Message.ReplaceLineEndings(" ")}; {advice}", failure);
        }
        catch (BaasException)
        {
            // It does not answer right now: the app starts, requests that need it answer 503 and steps are tried again.
        }
    }
}
