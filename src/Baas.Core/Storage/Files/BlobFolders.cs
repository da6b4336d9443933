namespace Baas.Core.Storage.Files;

/// <summary>The folders below the folder of all blobs: made when a blob needs them, removed when they are empty.</summary>
internal sealed class BlobFolders(string root)
{
    // Whoever sees a folder while holding this lock knows that the folder's entry is on the disk.
    private readonly Lock _gate = new();

    /// <summary>Moves a finished file to its place, in folders that are made as needed. On the disk when the call returns.</summary>
    public void MoveInto(string temporary, string path)
    {
        var folder = Path.GetDirectoryName(path)!; // below the root
        while (true)
        {
            lock (_gate)
            {
                Make(folder);
            }

            try
            {
                File.Move(temporary, path, overwrite: true);
                break;
            }
            catch (IOException failure) when (FileFailures.IsAbsence(failure) && File.Exists(temporary) && Directory.Exists(root))
            {
                // Another task has deleted the folder's last blob in between: make the folder again. The failure names the file, not the folder,
                // when a third task has made the folder since.
                continue;
            }
        }

        FolderFlush.Flush(folder);
    }

    /// <summary>Deletes a file and the folders that are empty without it. On the disk when the call returns.</summary>
    public void Delete(string path)
    {
        File.Delete(path);
        var folder = FlushNearest(Path.GetDirectoryName(path)!); // below the root
        lock (_gate)
        {
            while (folder != root && TryRemove(folder))
            {
                folder = Path.GetDirectoryName(folder)!; // at most the root
            }
        }
    }

    // Another task may have removed the folder with its last blob: the removal is on the disk when the folder above is.
    private string FlushNearest(string folder)
    {
        while (true)
        {
            try
            {
                FolderFlush.Flush(folder);
                return folder;
            }
            catch (DirectoryNotFoundException) when (folder != root)
            {
                folder = Path.GetDirectoryName(folder)!; // at most the root
            }
        }
    }

    private void Make(string folder)
    {
        if (folder == root || Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder)!; // at most the root
        Make(parent);
        DurableFile.CreateFolder(folder);
        FolderFlush.Flush(parent);
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder); // refused unless it is empty
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
