using System.Runtime.CompilerServices;

namespace Baas.Core.Storage.Files;

/// <summary>
/// Keeps blobs as files of one folder, for one process. A write goes to a temporary file, is flushed and takes its place by a rename, so a crash
/// leaves the former or the new content. Conditions hold against all tasks of the process; <see cref="DataFolder"/> keeps other processes away.
/// </summary>
public sealed class FileBlobStore : IBlobStore
{
    private const FileAttributes Absent = (FileAttributes)(-1);

    private const int Gates = 64;
    private readonly string _path;
    private readonly string _root;
    private readonly string _temporary;
    private readonly BlobFolders _folders;
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1))];
    private readonly Lock _opening = new();
    private volatile bool _isOpen;
    private long _writes;

    /// <summary>Opens the store, which is made when it is absent, and sweeps away what a crash has left half-written.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <exception cref="StorageException">The folder cannot be made or read (<c>storage-unavailable</c>).</exception>
    public FileBlobStore(string folder)
        : this(folder, isOpen: true) => Open();

    private FileBlobStore(string folder, bool isOpen)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _root = Path.Combine(_path, "blobs");
        _temporary = Path.Combine(_path, "tmp");
        _folders = new BlobFolders(_root);
        _isOpen = isOpen;
    }

    // Before it is open, what is not there is a store into which nothing was ever put; afterwards its disk is gone.
    private bool IsThere => !_isOpen || Directory.Exists(_root);

    /// <summary>A store that may be another service's: it is opened by the first write, so reading makes nothing and sweeps nothing away.</summary>
    /// <param name="folder">The store's folder; it need not be there.</param>
    public static FileBlobStore OpenedByWriting(string folder) => new(folder, isOpen: false);

    /// <inheritdoc/>
    public async Task<Blob?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        try
        {
            // Asked first: the absent is usual, and an exception for it costs as much as many reads. Attributes tell it from what
            // could not be asked, which throws; File.Exists says no to both.
            if (new FileInfo(path).Attributes == Absent && IsThere)
            {
                return null;
            }

            var file = await File.ReadAllBytesAsync(path, cancellationToken);
            return new Blob(file.AsMemory(Math.Min(BlobHead.Length, file.Length)), BlobHead.Read(name, file));
        }
        catch (Exception failure) when (FileFailures.IsAbsence(failure) && IsThere)
        {
            return null;
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw FileFailures.Of("read", name, failure);
        }
    }

    /// <inheritdoc/>
    public Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken) =>
        WriteAsync(name, (file, token) => file.WriteAsync(content, token).AsTask(), condition, cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        try
        {
            var file = OpenFile(path);
            await CheckHeadAsync(name, file, cancellationToken);
            return new BlobContentStream(file);
        }
        catch (Exception failure) when (FileFailures.IsAbsence(failure) && IsThere)
        {
            return null;
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw FileFailures.Of("read", name, failure);
        }
    }

    /// <inheritdoc/>
    public Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
        WriteAsync(name, (file, token) => content.CopyToAsync(file, token), condition, cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        OpenOnce();
        using var held = await HoldAsync(name, cancellationToken);
        try
        {
            if (TagOf(name, path) is { } tag)
            {
                Require(name, tag, condition);
                _folders.Delete(path);
            }
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw FileFailures.Of("delete", name, failure);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobName.CheckPrefix(prefix);
        await Task.Yield(); // folders are read on another thread than the caller's
        if (!_isOpen && !Directory.Exists(_root))
        {
            yield break;
        }

        foreach (var name in BlobWalk.Names(_root, prefix, after))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    private async Task<BlobTag> WriteAsync(string name, Func<FileStream, CancellationToken, Task> write, BlobCondition condition, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        OpenOnce();
        var temporary = Path.Combine(_temporary, $"{Interlocked.Increment(ref _writes)}");
        try
        {
            var tag = BlobHead.NewTag();
            await using (var file = DurableFile.Create(temporary))
            {
                await file.WriteAsync(BlobHead.Write(tag), cancellationToken);
                await write(file, cancellationToken);
                DurableFile.Flush(file);
            }

            using var held = await HoldAsync(name, cancellationToken);
            Require(name, TagOf(name, path), condition);
            _folders.MoveInto(temporary, path);
            return tag;
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw FileFailures.Of("write", name, failure);
        }
        finally
        {
            Discard(temporary);
        }
    }

    private void OpenOnce()
    {
        if (_isOpen)
        {
            return;
        }

        lock (_opening)
        {
            if (!_isOpen)
            {
                Open();
                _isOpen = true;
            }
        }
    }

    private void Open()
    {
        try
        {
            DurableFile.CreateFolder(_path);
            DurableFile.CreateFolder(_root);
            if (Directory.Exists(_temporary))
            {
                Directory.Delete(_temporary, recursive: true);
            }

            DurableFile.CreateFolder(_temporary);
            FolderFlush.Flush(_path);
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw new StorageException("storage-unavailable", $"cannot open blob store \"{_path}\": {failure.Message}", failure);
        }
    }

    private string PathOf(string name)
    {
        BlobName.Check(name);
        return Path.Combine(_root, BlobPaths.OfBlob(name));
    }

    private async Task<Held> HoldAsync(string name, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)name.GetHashCode(StringComparison.Ordinal) % Gates];
        await gate.WaitAsync(cancellationToken);
        return new Held(gate);
    }

    private BlobTag? TagOf(string name, string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[BlobHead.Length];
            return BlobHead.Read(name, head[..RandomAccess.Read(file, head, 0)]);
        }
        catch (Exception failure) when (FileFailures.IsAbsence(failure) && IsThere)
        {
            return null;
        }
    }

    private static void Require(string name, BlobTag? present, BlobCondition condition)
    {
        if ((condition.MustBeAbsent && present is not null) || (condition.MustMatch is { } tag && present != tag))
        {
            throw new BlobConflictException(name);
        }
    }

    private static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        // Deleting and replacing stay possible while somebody reads: the reader keeps the content that it has opened.
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    private static async Task CheckHeadAsync(string name, FileStream file, CancellationToken cancellationToken)
    {
        try
        {
            var head = new byte[BlobHead.Length];
            var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            BlobHead.Read(name, head.AsSpan(0, length));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            // What happened before matters more; the next start sweeps the file away.
            return;
        }
    }

    private readonly struct Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
