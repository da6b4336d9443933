namespace Baas.Core.Archives;

/// <summary>Reads a volume's archive: to put it together again, or to see that all of it is there.</summary>
public sealed class VolumeReader(VolumeKeys keys, IArchiveParts parts)
{
    /// <summary>The names of all parts of an archive, those of its list of files included; a name may come more than once.</summary>
    /// <exception cref="ArchiveException">The list of files cannot be read.</exception>
    public async IAsyncEnumerable<string> PartsAsync(VolumeRoot root, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in root.Index)
        {
            yield return name;
        }

        await foreach (var entry in IndexReader.ReadAsync(keys, parts, root, cancellationToken))
        {
            foreach (var name in entry.Chunks ?? [])
            {
                yield return name;
            }
        }
    }

    /// <summary>Reads every part back.</summary>
    /// <param name="root">The archive.</param>
    /// <param name="seen">Parts that were read for another archive of this volume; grows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is wrong, with the parts' names; empty when all is well.</returns>
    public async Task<IReadOnlyList<string>> VerifyAsync(VolumeRoot root, ISet<UInt128> seen, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        try
        {
            await foreach (var name in PartsAsync(root, cancellationToken))
            {
                if (seen.Add(PartSender.ShortOf(name)))
                {
                    await VerifyAsync(name, faults, cancellationToken);
                }
            }
        }
        catch (ArchiveException failure)
        {
            faults.Add(failure.Message);
        }

        return [.. faults.Distinct()];
    }

    /// <summary>Puts the volume together beside what is there. What is there stays as it is; <see cref="VolumeSwap"/> puts the new one in its place.</summary>
    /// <exception cref="ArchiveException">A part is missing or damaged; what was put together so far is removed.</exception>
    public async Task StageAsync(VolumeRoot root, string volume, CancellationToken cancellationToken)
    {
        VolumeSwap.Discard(volume);
        var staged = Path.Combine(volume, VolumeFolders.Staged);
        try
        {
            Directory.CreateDirectory(staged);
            List<VolumeEntry> folders = [];
            await foreach (var entry in IndexReader.ReadAsync(keys, parts, root, cancellationToken))
            {
                if (entry.Chunks is null)
                {
                    Directory.CreateDirectory(Path.Combine(staged, entry.Path));
                    folders.Add(entry);
                }
                else
                {
                    await WriteAsync(entry, Path.Combine(staged, entry.Path), cancellationToken);
                }
            }

            foreach (var folder in folders)
            {
                SetMode(Path.Combine(staged, folder.Path), folder.Mode);
            }

            VolumeSwap.MarkWhole(volume);
        }
        catch
        {
            VolumeSwap.Discard(volume);
            throw;
        }
    }

    private static void FlushToDisk(FileStream file) => file.Flush(flushToDisk: true);

    private static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows() && mode != 0)
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }
    }

    private async Task VerifyAsync(string name, List<string> faults, CancellationToken cancellationToken)
    {
        try
        {
            await IndexReader.OpenAsync(keys, parts, name, cancellationToken);
        }
        catch (ArchiveException failure)
        {
            faults.Add(failure.Message);
        }
    }

    private async Task WriteAsync(VolumeEntry entry, string path, CancellationToken cancellationToken)
    {
        await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }))
        {
            foreach (var name in entry.Chunks ?? [])
            {
                await file.WriteAsync(await IndexReader.OpenAsync(keys, parts, name, cancellationToken), cancellationToken);
            }

            if (file.Length != entry.Size)
            {
                throw new ArchiveException(ArchiveException.Truncated, $"cannot unpack \"{entry.Path}\": its parts make {file.Length} bytes, not {entry.Size}");
            }

            FlushToDisk(file);
        }

        SetMode(path, entry.Mode);
    }
}
