using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Baas.Core.Storage.Azure;

/// <summary>Keeps blobs in a container of an Azure storage account, and parts of backups in one of each tenant, which is made at the first one. Many processes may use it at once.</summary>
/// <param name="container">The container; its client brings credentials and retries.</param>
public sealed class AzureBlobStore(BlobContainerClient container) : IBlobStore
{
    /// <summary>Makes the container when it is absent.</summary>
    /// <exception cref="StorageException">The account does not answer (<c>storage-unavailable</c>) or refuses (<c>storage-refused</c>).</exception>
    public Task CreateContainerAsync(CancellationToken cancellationToken) =>
        CallAsync("open", container.Name, async () => await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public async Task<Blob?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var blob = BlobOf(name);
        try
        {
            BlobDownloadResult result = await blob.DownloadContentAsync(cancellationToken);
            return new Blob(result.Content.ToMemory(), TagOf(result.Details.ETag));
        }
        catch (Exception failure) when (AzureFailures.IsAbsence(failure, IsOfTenant(name)))
        {
            return null;
        }
        catch (Exception failure) when (AzureFailures.IsOne(failure))
        {
            throw AzureFailures.Of("read", name, failure);
        }
    }

    /// <inheritdoc/>
    public async Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken)
    {
        await using var stream = new BinaryData(content).ToStream();
        return await WriteAsync(name, stream, condition, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        var blob = BlobOf(name);
        try
        {
            return await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellationToken);
        }
        catch (Exception failure) when (AzureFailures.IsAbsence(failure, IsOfTenant(name)))
        {
            return null;
        }
        catch (Exception failure) when (AzureFailures.IsOne(failure))
        {
            throw AzureFailures.Of("read", name, failure);
        }
    }

    /// <inheritdoc/>
    public async Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        var blob = BlobOf(name);
        try
        {
            BlobContentInfo written = await blob.UploadAsync(content, new BlobUploadOptions { Conditions = ConditionsOf(condition) }, cancellationToken);
            return TagOf(written.ETag);
        }
        catch (Exception failure) when (AzureFailures.IsContainerAbsence(failure) && content.CanSeek && IsOfTenant(name))
        {
            await EnsureContainerAsync(name, cancellationToken);
            content.Position = 0;
            return await WriteAsync(name, content, condition, cancellationToken);
        }
        catch (Exception failure) when (AzureFailures.IsConflict(failure) || (condition.MustMatch is not null && AzureFailures.IsAbsence(failure)))
        {
            throw new BlobConflictException(name);
        }
        catch (Exception failure) when (AzureFailures.IsOne(failure))
        {
            throw AzureFailures.Of("write", name, failure);
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken)
    {
        var blob = BlobOf(name);
        try
        {
            await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, ConditionsOf(condition), cancellationToken);
        }
        catch (Exception failure) when (AzureFailures.IsConflict(failure))
        {
            // The account answers the same for a blob that is absent, and the absent counts as deleted.
            if (await GetAsync(name, cancellationToken) is not null)
            {
                throw new BlobConflictException(name);
            }
        }
        catch (Exception failure) when (AzureFailures.IsOne(failure))
        {
            throw AzureFailures.Of("delete", name, failure);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Azure lists from a prefix's beginning only: what stands before <paramref name="after"/> is read, 5,000 names a call, and left out.</remarks>
    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobName.CheckPrefix(prefix);
        var containers = AzureContainers.OfPrefix(container, prefix);
        var others = containers.Count > 1 ? ListAsync(containers[1], prefix, after, cancellationToken) : AsyncEnumerable.Empty<string>();

        // Two lists in order make one in order.
        await using var rest = others.GetAsyncEnumerator(cancellationToken);
        var isMore = await rest.MoveNextAsync();
        await foreach (var name in ListAsync(containers[0], prefix, after, cancellationToken))
        {
            for (; isMore && string.CompareOrdinal(rest.Current, name) < 0; isMore = await rest.MoveNextAsync())
            {
                yield return rest.Current;
            }

            yield return name;
        }

        for (; isMore; isMore = await rest.MoveNextAsync())
        {
            yield return rest.Current;
        }
    }

    private async IAsyncEnumerable<string> ListAsync(BlobContainerClient from, string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = from.GetBlobsAsync(prefix: prefix.Length == 0 ? null : prefix, cancellationToken: cancellationToken);
        await using var pages = listed.AsPages().GetAsyncEnumerator(cancellationToken);
        while (await CallAsync("list", prefix, async () => await MoveAsync(from, pages)))
        {
            foreach (var blob in pages.Current.Values)
            {
                if (string.CompareOrdinal(blob.Name, after) > 0)
                {
                    yield return blob.Name;
                }
            }
        }
    }

    // A tenant's container that was not made yet has no blobs.
    private async Task<bool> MoveAsync(BlobContainerClient from, IAsyncEnumerator<Page<BlobItem>> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (Exception failure) when (AzureFailures.IsContainerAbsence(failure) && from != container)
        {
            return false;
        }
    }

    private bool IsOfTenant(string name) => AzureContainers.Of(container, name) != container;

    private async Task EnsureContainerAsync(string name, CancellationToken cancellationToken) =>
        await CallAsync("open", name, async () => await AzureContainers.Of(container, name).CreateIfNotExistsAsync(cancellationToken: cancellationToken));

    private BlobClient BlobOf(string name)
    {
        BlobName.Check(name);
        return AzureContainers.Of(container, name).GetBlobClient(name);
    }

    private static BlobTag TagOf(ETag tag) => new(tag.ToString());

    private static BlobRequestConditions ConditionsOf(BlobCondition condition) => new()
    {
        IfNoneMatch = condition.MustBeAbsent ? ETag.All : null,
        IfMatch = condition.MustMatch is { } tag ? new ETag(tag.Value) : null,
    };

    private static async Task<TResult> CallAsync<TResult>(string verb, string name, Func<Task<TResult>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (AzureFailures.IsOne(failure))
        {
            throw AzureFailures.Of(verb, name, failure);
        }
    }
}
