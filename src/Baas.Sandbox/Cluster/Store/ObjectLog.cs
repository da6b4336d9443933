using System.Globalization;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>
/// The objects on disk: one file to which every change is appended before anybody is told of it, so a killed process loses nothing. When the file has grown, a new one is
/// written with what still counts, under another name, and takes its place by a rename. Files are readable by their owner only: they hold secrets.
/// </summary>
internal sealed class ObjectLog : IAsyncDisposable
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly StoreOptions _options;
    private readonly FileStream _lock;
    private readonly ITimer _sync;
    private FileStream _file;
    private long _generation;
    private long _compactAt;
    private bool _isDirty;

    private ObjectLog(string folder, StoreOptions options, FileStream folderLock, FileStream file, long generation, StoreState loaded)
    {
        (_folder, _options, _lock, _file, _generation, Loaded) = (folder, options, folderLock, file, generation, loaded);
        _compactAt = Math.Max(options.CompactAbove, 2 * file.Length);
        _sync = TimeProvider.System.CreateTimer(_ => SyncInBackground(), null, options.SyncAfter, options.SyncAfter);
    }

    /// <summary>What was on the disk.</summary>
    public StoreState Loaded { get; }

    /// <summary>Opens the log of a folder; makes both when they are absent.</summary>
    /// <exception cref="StatusException">The folder cannot be used.</exception>
    public static ObjectLog Open(string folder, StoreOptions options)
    {
        FileStream? folderLock = null;
        try
        {
            Directory.CreateDirectory(folder);
            Restrict(folder, FolderMode);
            folderLock = OpenFile(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileShare.None);
            var generations = Directory.GetFiles(folder, "objects-*.log").Select(GenerationOf).Order().ToList();
            var generation = generations.Count == 0 ? 1 : generations[^1];
            var path = PathOf(folder, generation);
            if (generations.Count == 0)
            {
                WriteAll(path, StoreState.Empty);
            }

            generations.Where(older => older < generation).ToList().ForEach(older => File.Delete(PathOf(folder, older)));
            var (state, length) = LogReader.Read(path, File.ReadAllBytes(path));
            var file = OpenFile(path, FileMode.Open, FileShare.Read);
            file.SetLength(length);
            file.Seek(0, SeekOrigin.End);
            return new ObjectLog(folder, options, folderLock, file, generation, state);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            folderLock?.Dispose();
            throw Failures.Storage($"cannot open the cluster's folder \"{folder}\": {failure.Message}");
        }
        catch (StatusException)
        {
            folderLock?.Dispose();
            throw;
        }
    }

    /// <summary>Appends a change. When it returns, the change outlives the process.</summary>
    /// <exception cref="StatusException">The disk refused it.</exception>
    public void Append(LogRecordType type, long revision, ReadOnlySpan<byte> json)
    {
        var frame = LogFrame.Write(type, revision, json);
        lock (_gate)
        {
            var end = _file.Position;
            try
            {
                _file.Write(frame);
                _isDirty = true;
            }
            catch (IOException failure)
            {
                _file.SetLength(end); // half a record must not stand before the next one
                _file.Seek(end, SeekOrigin.Begin);
                throw Failures.Storage($"cannot write the cluster's objects: {failure.Message}");
            }
        }
    }

    /// <summary>Writes the log anew when it has grown much beyond what still counts.</summary>
    public void CompactWhenLarge(StoreState state)
    {
        if (_file.Position < _compactAt)
        {
            return;
        }

        try
        {
            Compact(state);
        }
        catch (IOException failure)
        {
            _options.Fault(failure); // the old file still has everything
            _compactAt *= 2;
        }
    }

    /// <summary>Forces what was written to the disk and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sync.DisposeAsync();
        lock (_gate)
        {
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
            _file.Dispose();
        }

        await _lock.DisposeAsync();
    }

    private void Compact(StoreState state)
    {
        var path = PathOf(_folder, _generation + 1);
        WriteAll(path, state);
        lock (_gate)
        {
            var old = _file;
            _file = OpenFile(path, FileMode.Open, FileShare.Read);
            _file.Seek(0, SeekOrigin.End);
            old.Dispose();
        }

        File.Delete(PathOf(_folder, _generation++));
        _compactAt = Math.Max(_options.CompactAbove, 2 * _file.Length);
    }

    private static void WriteAll(string path, StoreState state)
    {
        var draft = path + ".new";
        using (var file = OpenFile(draft, FileMode.Create, FileShare.None))
        using (var buffered = new BufferedStream(file, 1 << 20))
        {
            buffered.Write(LogFrame.Write(LogRecordType.Head, state.Revision, []));
            foreach (var stored in state.All)
            {
                buffered.Write(LogFrame.Write(LogRecordType.Put, stored.Revision, stored.Json.Span));
            }

            buffered.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private void SyncInBackground()
    {
        FileStream file;
        lock (_gate)
        {
            if (!_isDirty)
            {
                return;
            }

            _isDirty = false;
            file = _file;
        }

        try
        {
            RandomAccess.FlushToDisk(file.SafeFileHandle); // outside of the lock: writers go on meanwhile
        }
        catch (ObjectDisposedException)
        {
            // a compaction has just replaced the file, and forced its own to the disk
        }
        catch (IOException failure)
        {
            _options.Fault(failure);
        }
    }

    private static FileStream OpenFile(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    private static void Restrict(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static string PathOf(string folder, long generation) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"objects-{generation:D8}.log"));

    private static long GenerationOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path)["objects-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : 0;
}
