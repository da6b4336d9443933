using System.Globalization;
using System.Text;
using Baas.Core.Storage.Queues;

namespace Baas.Core.Storage.Files;

/// <summary>
/// The folder in which the embedded mode keeps everything: <c>version</c>, <c>lock</c>, <c>master.key</c>, the blobs, the queues and the journal.
/// One process at a time has it open.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The layout that this program writes and reads.</summary>
    public const int Version = 1;

    private readonly FolderLock _lock;

    private DataFolder(string path, FolderLock held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The file of the journal engine.</summary>
    public string JournalPath => In("journal.db");

    private string MasterKeyPath => In("master.key");

    /// <summary>Opens the folder, which is made when it is absent, and keeps other processes out until it is disposed.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="StorageException">
    /// Another process has it open (<c>data-folder-locked</c>), a newer program has written it (<c>data-folder-newer</c>), it cannot be written
    /// (<c>data-folder-unwritable</c>), or its version cannot be told (<c>data-folder-damaged</c>).
    /// </exception>
    public static DataFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            DurableFile.CreateFolder(full);
            var folder = new DataFolder(full, FolderLock.Take(full));
            try
            {
                folder.Prepare();
                return folder;
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw new StorageException("data-folder-unwritable", $"cannot open data folder \"{path}\": {failure.Message}", failure);
        }
    }

    /// <summary>Opens the blobs.</summary>
    /// <exception cref="StorageException">They cannot be opened (<c>storage-unavailable</c>).</exception>
    public FileBlobStore OpenBlobs() => new(In("store"));

    /// <summary>Opens a queue.</summary>
    /// <exception cref="StorageException">It cannot be opened (<c>storage-unavailable</c>).</exception>
    internal FileWorkQueue OpenQueue(string name, TimeProvider clock) => new FileWorkQueue(In(System.IO.Path.Combine("queues", name)), clock);

    /// <summary>Reads the master key.</summary>
    /// <exception cref="StorageException"><c>master-key-missing</c>, <c>master-key-exposed</c>, <c>master-key-unreadable</c> or <c>master-key-invalid</c>.</exception>
    public AesMasterKey OpenMasterKey() => FileMasterKey.Read(MasterKeyPath);

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => _lock.Dispose();

    private void Prepare()
    {
        var file = In("version");
        if (!File.Exists(file))
        {
            // The key first: a folder that has a version and no key has lost it, and a new one would hide that.
            FileMasterKey.CreateIfAbsent(MasterKeyPath);
            DurableFile.Write(file, Encoding.ASCII.GetBytes($"{Version}\n"));
            return;
        }

        var text = File.ReadAllText(file).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
        {
            throw new StorageException("data-folder-damaged", $"cannot open data folder \"{Path}\": its file \"version\" holds no version");
        }

        if (version > Version)
        {
            throw new StorageException(
                "data-folder-newer", $"cannot open data folder \"{Path}\": a newer Baas has written it (version {version}, this one reads up to {Version}); use that one");
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
