using Azure.Identity;
using Baas.Core;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Backups;
using Baas.Core.Storage.Queues;
using Baas.Functions.Hosting.Local;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>
/// Reaches for storage and vault once before anything else runs, so that a wrong setting or role shows at the start and not in a workflow. What refuses ends the start;
/// what just does not answer is told and ends nothing: requests that need it answer 503 and steps are tried again.
/// </summary>
internal sealed class StartCheck(
    AzureBlobStore blobs, AzureWorkQueue queue, IMasterKey masterKey, IOptions<AzureOptions> options, TimeProvider clock, ILogger<StartCheck> logger, SecondPlace? second = null) : IHostedService
{
    private const string BlobRole = "the identity needs the role \"Storage Blob Data Contributor\" there";

    // The clients of Azure would go on for minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    /// <exception cref="HostingException">Storage or vault cannot be used; it names the setting.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        List<Task> checks =
        [
            CheckAsync(InAzure("storageUri"), BlobRole, blobs.CreateContainerAsync, cancellationToken),
            CheckAsync(InAzure("queueUri"), "the identity needs the role \"Storage Queue Data Contributor\" there", queue.CreateQueuesAsync, cancellationToken),
            CheckAsync("keyVaultUri", "the identity needs the role \"Key Vault Secrets User\" there", masterKey.GetIdAsync, cancellationToken),
        ];
        if (second?.Place.Blobs is AzureBlobStore copies)
        {
            checks.Add(CheckAsync("copyStorageUri", BlobRole, copies.CreateContainerAsync, cancellationToken));
        }

        await Task.WhenAll(checks);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string InAzure(string setting) => options.Value.DevelopmentStorage is null ? setting : "developmentStorage";

    private async Task CheckAsync(string setting, string advice, Func<CancellationToken, Task> reach, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await reach(either.Token);
        }
        catch (Exception failure) when (failure is BaasException { IsTransient: false } or AuthenticationFailedException)
        {
            throw new HostingException("azure-unusable", $"cannot use what setting \"azure:{setting}\" names: {failure.Message.ReplaceLineEndings(" ")}; {advice}", failure);
        }
        catch (BaasException failure)
        {
            logger.DoesNotAnswer(setting, failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.DoesNotAnswer(setting, $"no answer within {Limit.TotalSeconds} s");
        }
    }
}
