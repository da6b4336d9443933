namespace Baas.Core.Archives;

/// <summary>
/// Puts a volume that was put together by <see cref="VolumeReader.StageAsync"/> in the place of what is there. Only renames, each of which can be
/// repeated after a crash: what was there moves aside, the new one moves up, then what was there goes.
/// </summary>
public static class VolumeSwap
{
    /// <summary>Whether a whole volume waits to be put in its place, or is half-way there.</summary>
    public static bool IsStaged(string volume) => File.Exists(Path.Combine(volume, VolumeFolders.Whole));

    /// <summary>Puts the new volume in its place; does nothing when that has been done.</summary>
    public static void Swap(string volume)
    {
        var (staged, former) = (Path.Combine(volume, VolumeFolders.Staged), Path.Combine(volume, VolumeFolders.Former));
        if (!IsStaged(volume))
        {
            return;
        }

        // While the staged folder is whole, all else at the root is what was there. Its rename is the one moment that decides.
        var rising = Path.Combine(former, VolumeFolders.Staged);
        if (Directory.Exists(staged))
        {
            Directory.CreateDirectory(former);
            MoveAll(volume, former);
            Directory.Move(staged, rising);
        }

        if (Directory.Exists(rising))
        {
            MoveAll(rising, volume);
        }

        Remove(former);
        File.Delete(Path.Combine(volume, VolumeFolders.Whole));
    }

    /// <summary>Removes a volume that was put together and is not wanted; one that has begun to rise goes all the way instead.</summary>
    public static void Discard(string volume)
    {
        var (staged, former) = (Path.Combine(volume, VolumeFolders.Staged), Path.Combine(volume, VolumeFolders.Former));
        if (Directory.Exists(former) && !Directory.Exists(staged))
        {
            Swap(volume);
            return;
        }

        if (Directory.Exists(former))
        {
            MoveAll(former, volume); // some had moved aside already
            Remove(former);
        }

        File.Delete(Path.Combine(volume, VolumeFolders.Whole));
        Remove(staged);
    }

    internal static void MarkWhole(string volume)
    {
        using var mark = new FileStream(Path.Combine(volume, VolumeFolders.Whole), FileMode.Create);
        mark.Flush(flushToDisk: true);
    }

    private static void MoveAll(string from, string to)
    {
        foreach (var path in Directory.GetFileSystemEntries(from))
        {
            var name = Path.GetFileName(path);
            if (VolumeFolders.IsOwn(name))
            {
                continue;
            }

            if (Directory.Exists(path))
            {
                Directory.Move(path, Path.Combine(to, name));
            }
            else
            {
                File.Move(path, Path.Combine(to, name));
            }
        }
    }

    private static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder))
        {
            if (!OperatingSystem.IsWindows())
            {
                // A folder that its owner may not write to cannot be emptied.
                File.SetUnixFileMode(below, File.GetUnixFileMode(below) | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(folder, recursive: true);
    }
}
