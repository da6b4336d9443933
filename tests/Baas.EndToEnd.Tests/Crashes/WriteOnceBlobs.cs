using System.Collections.Concurrent;
using Baas.Core.Storage;

namespace Baas.EndToEnd.Tests.Crashes;

/// <summary>A store that notices when a key, a genesis block or a package is replaced by another one.</summary>
internal sealed class WriteOnceBlobs(IBlobStore inner, ConcurrentDictionary<string, string> contents, IReadOnlyList<string> mayReplace) : IBlobStore
{
    public Task<Blob?> GetAsync(string name, CancellationToken cancellationToken) => inner.GetAsync(name, cancellationToken);

    public async Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken)
    {
        var tag = await inner.PutAsync(name, content, condition, cancellationToken);
        if ((name.StartsWith("secrets/", StringComparison.Ordinal) || name.StartsWith("artifacts/", StringComparison.Ordinal)) && !mayReplace.Any(part => name.Contains(part, StringComparison.Ordinal)))
        {
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.Span));
            var first = contents.GetOrAdd(name, hash);
            if (first != hash)
            {
                throw new InvalidOperationException($"blob {name} was replaced by another one");
            }
        }

        return tag;
    }

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

    public Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) => inner.WriteAsync(name, content, condition, cancellationToken);

    public async Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken)
    {
        await inner.DeleteAsync(name, condition, cancellationToken);
        contents.TryRemove(name, out _);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => inner.ListAsync(prefix, after, cancellationToken);
}
