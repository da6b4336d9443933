namespace Baas.Core.Storage.Files;

/// <summary>Lists blob names in ordinal order, one folder in memory at a time.</summary>
internal static class BlobWalk
{
    /// <summary>The names that begin with <paramref name="prefix"/> and stand after <paramref name="after"/>.</summary>
    public static IEnumerable<string> Names(string root, string prefix, string? after)
    {
        var start = prefix[..(prefix.LastIndexOf('/') + 1)];
        return Names(start.Length == 0 ? root : Path.Combine(root, BlobPaths.OfFolder(start[..^1])), start, root, prefix, after);
    }

    private static IEnumerable<string> Names(string path, string folder, string root, string prefix, string? after)
    {
        foreach (var (key, entry) in Entries(path, root, prefix))
        {
            var name = folder + key;
            if (!IsFolder(key))
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(name, after) > 0)
                {
                    yield return name;
                }
            }
            else if (name.StartsWith(prefix, StringComparison.Ordinal) && !EndsBefore(name, after))
            {
                foreach (var below in Names(entry, name, root, prefix, after))
                {
                    yield return below;
                }
            }
        }
    }

    private static bool IsFolder(string key) => key[^1] == '/';

    private static bool EndsBefore(string folder, string? after) =>
        after is not null && string.CompareOrdinal(folder, after) < 0 && !after.StartsWith(folder, StringComparison.Ordinal);

    // A folder's key ends with a slash: then keys sort as the names below them do.
    private static List<(string Key, string Path)> Entries(string path, string root, string prefix)
    {
        try
        {
            List<(string Key, string Path)> entries = [];
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
            {
                var key = entry is DirectoryInfo ? BlobPaths.FolderOf(entry.Name) is { } folder ? folder + "/" : null : BlobPaths.BlobOf(entry.Name);
                if (key is not null)
                {
                    entries.Add((key, entry.FullName));
                }
            }

            entries.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
            return entries;
        }
        catch (DirectoryNotFoundException) when (Directory.Exists(root))
        {
            return []; // nothing was ever put there, or the last blob was deleted
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw FileFailures.Of("list", prefix, failure);
        }
    }
}
