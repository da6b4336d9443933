namespace Baas.Core.Storage.Files;

/// <summary>Writes files that are whole or absent, whatever happens in between.</summary>
internal static class DurableFile
{
    /// <summary>Only the owner reads and writes.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Only the owner may enter.</summary>
    public const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Makes a new file that only its owner can read, for writing.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes a folder that only its owner can enter; one that is there stays as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnlyFolder);
        }
    }

    /// <summary>Waits until a file's content is on the disk; there is no asynchronous way.</summary>
    public static void Flush(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Writes a small file, in place of one that may be there. On the disk when the call returns.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = Create(temporary))
        {
            file.Write(content);
            Flush(file);
        }

        File.Move(temporary, path, overwrite: true);
        FolderFlush.Flush(Path.GetDirectoryName(path)!); // a file's path has a folder
    }
}
