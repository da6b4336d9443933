using System.Runtime.CompilerServices;
using Baas.Core.Storage;

namespace Baas.Testing.Storage;

/// <summary>Keeps blobs in memory, for tests.</summary>
public sealed class MemoryBlobStore : IBlobStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>While set, every call fails with it: a store that cannot be asked.</summary>
    public StorageException? Failure { get; set; }

    /// <summary>All blobs as they are now.</summary>
    public IReadOnlyDictionary<string, Blob> Blobs
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<string, Blob>(_blobs, StringComparer.Ordinal);
            }
        }
    }

    public Task<Blob?> GetAsync(string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Check(name, cancellationToken);
            return Task.FromResult(_blobs.GetValueOrDefault(name));
        }
    }

    public Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Check(name, cancellationToken);
            Require(name, condition);
            var tag = new BlobTag($"{++_version}");
            _blobs[name] = new Blob(content.ToArray(), tag);
            return Task.FromResult(tag);
        }
    }

    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        await GetAsync(name, cancellationToken) is { } blob ? new MemoryStream(blob.Content.ToArray(), writable: false) : null;

    public async Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        return await PutAsync(name, copy.ToArray(), condition, cancellationToken);
    }

    public Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Check(name, cancellationToken);
            if (_blobs.ContainsKey(name))
            {
                Require(name, condition);
                _blobs.Remove(name);
            }

            return Task.CompletedTask;
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] names;
        lock (_lock)
        {
            CheckUse(cancellationToken);
            BlobName.CheckPrefix(prefix);
            names = [.. _blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(name, after) > 0)];
        }

        foreach (var name in names)
        {
            await Task.Yield();
            yield return name;
        }
    }

    private void Check(string name, CancellationToken cancellationToken)
    {
        CheckUse(cancellationToken);
        BlobName.Check(name);
    }

    private void CheckUse(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Failure is not null)
        {
            throw Failure;
        }
    }

    private void Require(string name, BlobCondition condition)
    {
        var present = _blobs.GetValueOrDefault(name);
        if ((condition.MustBeAbsent && present is not null) || (condition.MustMatch is { } tag && present?.Tag != tag))
        {
            throw new BlobConflictException(name);
        }
    }
}
