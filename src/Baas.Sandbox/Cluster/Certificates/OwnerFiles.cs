namespace Baas.Sandbox.Cluster.Certificates;

/// <summary>Writes files that only their owner can read, whole or not at all.</summary>
internal static class OwnerFiles
{
    /// <summary>Writes or replaces a file; makes its folder when it is absent.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!); // a full path of a file has a folder
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }
}
