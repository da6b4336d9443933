using System.Formats.Tar;
using System.IO.Compression;

namespace Baas.Sandbox.Emulation.Chaincodes;

/// <summary>Reads gzipped tar archives of packages.</summary>
internal static class TarFiles
{
    /// <summary>The files by name. What is no archive fails with an <see cref="InvalidDataException"/> or another <see cref="IOException"/>.</summary>
    /// <exception cref="EmulationException">There is something else than files in it.</exception>
    public static Dictionary<string, byte[]> Read(byte[] package)
    {
        using var memory = new MemoryStream(package);
        using var unzipped = new GZipStream(memory, CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            {
                throw new EmulationException($"could not parse as a chaincode install package: tar entry {entry.Name} is not a regular file");
            }

            using var body = new MemoryStream();
            entry.DataStream?.CopyTo(body);
            files[entry.Name] = body.ToArray();
        }

        return files;
    }
}
