using Microsoft.Win32.SafeHandles;

namespace Baas.Core.Archives;

/// <summary>
/// Packs a folder. Files are cut at fixed distances: ledgers are files that only grow, so all parts but the last of a file stay the same from one
/// backup to the next. Nobody may write to the folder meanwhile.
/// </summary>
public sealed class VolumePacker(VolumeKeys keys, IArchiveParts parts)
{
    /// <summary>Packs.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="known">The parts that are there; grows.</param>
    /// <param name="cancellationToken">Gives up; what was stored is used by the next attempt.</param>
    /// <exception cref="ArchiveException">The folder holds something that an archive cannot hold (<c>archive-entry-unsupported</c>).</exception>
    public async Task<VolumeRoot> PackAsync(string folder, IEnumerable<string> known, CancellationToken cancellationToken)
    {
        var sender = new PartSender(keys, parts, [.. known.Select(PartSender.ShortOf)], Environment.ProcessorCount + 2);
        using var index = new IndexWriter(sender);
        try
        {
            foreach (var entry in Walk(new DirectoryInfo(folder), ""))
            {
                await index.AddAsync(await PackAsync(entry.Path, entry.Info, sender, cancellationToken), cancellationToken);
            }

            return await index.FinishAsync(cancellationToken);
        }
        catch
        {
            await Task.WhenAny(sender.FinishAsync()); // nothing of it runs on
            throw;
        }
    }

    private static IEnumerable<(string Path, FileSystemInfo Info)> Walk(DirectoryInfo folder, string path)
    {
        foreach (var info in folder.EnumerateFileSystemInfos().OrderBy(info => info.Name, StringComparer.Ordinal))
        {
            if (path.Length == 0 && VolumeFolders.IsOwn(info.Name))
            {
                continue;
            }

            yield return (path + info.Name, info);
            if (info is DirectoryInfo below && info.LinkTarget is null)
            {
                foreach (var entry in Walk(below, $"{path}{info.Name}/"))
                {
                    yield return entry;
                }
            }
        }
    }

    private static async Task<VolumeEntry> PackAsync(string path, FileSystemInfo info, PartSender sender, CancellationToken cancellationToken)
    {
        var mode = OperatingSystem.IsWindows() ? 0 : (int)info.UnixFileMode;
        var entry = new VolumeEntry { Path = path, Mode = mode };
        if (info.LinkTarget is not null || (info.Attributes & FileAttributes.Device) != 0 || !entry.IsSafe)
        {
            throw new ArchiveException(ArchiveException.EntryUnsupported, $"cannot pack \"{path}\": it is a link or a device, or has a name that an archive cannot hold");
        }

        return info is DirectoryInfo ? entry : await PackFileAsync(entry, info.FullName, sender, cancellationToken);
    }

    private static async Task<VolumeEntry> PackFileAsync(VolumeEntry entry, string path, PartSender sender, CancellationToken cancellationToken)
    {
        List<string> chunks = [];
        var size = 0L;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = Read(file, size, (await sender.NextAsync()).Span);
            if (read == 0)
            {
                return entry with { Size = size, Chunks = chunks };
            }

            chunks.Add(sender.Send(read, cancellationToken));
            size += read;
        }
    }

    private static int Read(SafeFileHandle file, long from, Span<byte> content)
    {
        var length = 0;
        while (length < content.Length && RandomAccess.Read(file, content[length..], from + length) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }
}
