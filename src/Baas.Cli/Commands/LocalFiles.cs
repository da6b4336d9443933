namespace Baas.Cli.Commands;

/// <summary>Writes what commands export.</summary>
internal static class LocalFiles
{
    /// <summary>Writes to a file, or to stdout when none is named.</summary>
    public static async Task WriteAsync(FileInfo? file, string text, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await Console.Out.WriteAsync(text.AsMemory(), cancellationToken);
            return;
        }

        await GuardAsync(file.FullName, () => File.WriteAllTextAsync(file.FullName, text, cancellationToken));
    }

    /// <summary>Writes a file that only its owner may read; its folder is made when it is not there.</summary>
    public static Task WritePrivateAsync(string path, string text, CancellationToken cancellationToken) => GuardAsync(path, async () =>
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        CreatePrivateFolder(Path.GetDirectoryName(path)!); // a path below the export's folder
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(new FileStream(path, options));
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    });

    // One after the other: the platform gives the mode to the last folder of a path only.
    private static void CreatePrivateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { } parent)
        {
            CreatePrivateFolder(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task GuardAsync(string path, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Environment, $"cannot write \"{path}\": {failure.Message}", failure);
        }
    }
}
