using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Baas.Core.Archives.Agents;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Storage.Azure;

/// <summary>
/// Addresses of Azure's blob storage with a shared access signature: data goes past the service. Signatures know no folders in a flat account, so they are
/// for a container, that of the tenant's parts (<see cref="AzureContainers"/>): to send they create blobs and replace none, to read they give what only the
/// volume's key opens.
/// </summary>
/// <param name="main">The container of the service; its client signs with the account's key or, having none, with a key that the account gives it (user delegation).</param>
/// <param name="clock">The time that signatures begin at.</param>
public sealed class SasAddresses(BlobContainerClient main, TimeProvider clock) : IPartsAddresses
{
    // Clocks differ; the emulator's and the account's, too.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<PartsAddress> ForSendingAsync(string folder, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var container = AzureContainers.Of(main, folder);
        var builder = BuilderOf(container, lifetime);
        builder.SetPermissions(BlobContainerSasPermissions.Create);
        return await AddressAsync(container, folder, builder, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<PartsAddress> ForReadingAsync(string folder, string? only, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var container = AzureContainers.Of(main, folder);
        var builder = BuilderOf(container, lifetime);
        if (only is not null)
        {
            (builder.Resource, builder.BlobName) = ("b", folder + only);
            builder.SetPermissions(BlobSasPermissions.Read);
        }
        else
        {
            builder.SetPermissions(BlobContainerSasPermissions.Read);
        }

        return await AddressAsync(container, folder, builder, cancellationToken);
    }

    private BlobSasBuilder BuilderOf(BlobContainerClient container, TimeSpan lifetime) => new()
    {
        BlobContainerName = container.Name,
        Resource = "c",
        StartsOn = clock.GetUtcNow() - Skew,
        ExpiresOn = clock.GetUtcNow() + lifetime,
    };

    private static async Task<PartsAddress> AddressAsync(BlobContainerClient container, string folder, BlobSasBuilder builder, CancellationToken cancellationToken)
    {
        try
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            var query = await SignAsync(container, builder, cancellationToken);
            return new PartsAddress(new Uri($"{container.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{folder}"), $"?{query.TrimStart('?')}", builder.ExpiresOn);
        }
        catch (Exception failure) when (AzureFailures.IsOne(failure))
        {
            throw AzureFailures.Of("give out an address of", folder, failure);
        }
    }

    private static async Task<string> SignAsync(BlobContainerClient container, BlobSasBuilder builder, CancellationToken cancellationToken)
    {
        if (container.CanGenerateSasUri)
        {
            return builder.BlobName is { Length: > 0 } name ? container.GetBlobClient(name).GenerateSasUri(builder).Query : container.GenerateSasUri(builder).Query;
        }

        var account = container.GetParentBlobServiceClient();
        var key = await account.GetUserDelegationKeyAsync(builder.StartsOn, builder.ExpiresOn, cancellationToken);
        return builder.ToSasQueryParameters(key.Value, account.AccountName).ToString();
    }
}
