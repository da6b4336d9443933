using System.Formats.Tar;
using System.IO.Compression;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>Gzipped tar archives of regular files: written the same on every machine, read within limits.</summary>
internal static class TarGzip
{
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Packs files in the given order.</summary>
    public static byte[] Write(IReadOnlyList<KeyValuePair<string, byte[]>> files)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var data = new MemoryStream(content);
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    Mode = ReadableByAll,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    DataStream = data,
                });
            }
        }

        return StoredGzip.Write(tar.GetBuffer().AsSpan(0, (int)tar.Length));
    }

    /// <summary>Unpacks regular files; a name that comes twice counts with its last content, as in a peer.</summary>
    /// <exception cref="ChaincodePackageException">It is no such archive, or exceeds a limit.</exception>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> archive, Limits limits)
    {
        if (archive.Length > limits.Bytes)
        {
            throw new ChaincodePackageException($"it is longer than {limits.Bytes} bytes");
        }

        try
        {
            using var compressed = new MemoryStream(archive.ToArray(), writable: false);
            using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
            using var bounded = new BoundedStream(gzip, limits.Bytes);
            using var reader = new TarReader(bounded);
            return Files(reader, limits);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ChaincodePackageException("it is no gzipped tar archive", failure);
        }
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Files(TarReader reader, Limits limits)
    {
        Dictionary<string, ReadOnlyMemory<byte>> files = new(StringComparer.Ordinal);
        for (var count = 1; reader.GetNextEntry() is { } entry; count++)
        {
            if (count > limits.Entries)
            {
                throw new ChaincodePackageException($"it has more than {limits.Entries} entries");
            }

            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                files[entry.Name] = content.ToArray();
            }
            else if (limits.FilesOnly)
            {
                throw new ChaincodePackageException($"its entry \"{entry.Name}\" is no regular file");
            }
        }

        return files;
    }

    /// <summary>How much of an archive is read.</summary>
    /// <param name="Bytes">The most bytes, packed as well as unpacked.</param>
    /// <param name="Entries">The most entries.</param>
    /// <param name="FilesOnly">Whether other entries than regular files are refused.</param>
    public sealed record Limits(int Bytes, int Entries, bool FilesOnly)
    {
        /// <summary>For a package: peers take messages up to 100 MiB, services need a few KiB.</summary>
        public static Limits Package { get; } = new(32 << 20, 64, FilesOnly: true);

        /// <summary>For the code archive within: connection.json and index definitions.</summary>
        public static Limits Code { get; } = new(8 << 20, 1024, FilesOnly: false);
    }
}
