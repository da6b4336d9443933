using Microsoft.Data.Sqlite;

namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>The file of all histories: opened by one process at a time, of a known version.</summary>
internal sealed class JournalFile : IDisposable
{
    private const int Version = 1;

    private readonly FileStream _lock;
    private readonly string _readers;

    private JournalFile(string path, FileStream fileLock)
    {
        _lock = fileLock;
        _readers = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString();
        Writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
    }

    /// <summary>The connection that writes; used by one thread.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>Opens the file; makes it and its folder when they are absent.</summary>
    /// <exception cref="JournalException">It is in use, written by a newer version, or no journal.</exception>
    public static JournalFile Open(string path)
    {
        var full = Path.GetFullPath(path);
        var file = new JournalFile(full, Lock(full));
        try
        {
            file.Prepare(full);
            return file;
        }
        catch (SqliteException failure)
        {
            file.Dispose();
            throw new JournalException(JournalException.Unreadable, $"cannot open journal \"{full}\": {failure.Message}", failure);
        }
        catch (JournalException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Counts this opening.</summary>
    /// <returns>How often the file has been opened, this time included.</returns>
    public long CountStart() => (long)(Scalar("INSERT INTO counters VALUES ('starts', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value") ?? 1L);

    /// <summary>Opens a connection that reads beside the writer.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_readers);
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using (var reader = new SqliteConnection(_readers))
        {
            SqliteConnection.ClearPool(reader);
        }

        Writer.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a full path of a file has a folder
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new JournalException(JournalException.DataFolderInUse, $"cannot open journal \"{path}\": another process uses it, or its folder cannot be written: {failure.Message}", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new JournalException(JournalException.Unreadable, $"cannot open journal \"{path}\": {failure.Message}", failure);
        }
    }

    private void Prepare(string path)
    {
        Writer.Open();
        var version = (long)(Scalar("PRAGMA user_version") ?? 0L);
        if (version > Version)
        {
            throw new JournalException(
                JournalException.DataFolderNewer, $"cannot open journal \"{path}\": it has format {version} and this version of Baas knows up to {Version}; use the newer version");
        }

        Scalar("PRAGMA journal_mode = WAL");
        Scalar("PRAGMA synchronous = FULL");
        Scalar("PRAGMA wal_autocheckpoint = 4000");
        Scalar(JournalSchema.Create);
        Scalar($"PRAGMA user_version = {Version}");
    }

    private object? Scalar(string sql)
    {
        using var command = Writer.CreateCommand();
#pragma warning disable CA2100 // only constants of this file come here
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
