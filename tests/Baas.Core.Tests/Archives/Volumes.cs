using Baas.Core.Archives;

namespace Baas.Core.Tests.Archives;

/// <summary>Folders with content that does not compress, as ledgers are, and what stands in them.</summary>
internal static class Volumes
{
    public static VolumeKeys Keys { get; } = VolumeKeys.Of(VolumeKeys.KeyOf(new byte[32], "volumes/org1/peer-1"));

    public static VolumeKeys OtherKeys { get; } = VolumeKeys.Of(VolumeKeys.KeyOf(new byte[32], "volumes/org1/peer-2"));

    /// <summary>Writes a ledger-like folder.</summary>
    public static void Write(string folder, int seed, int megabytes)
    {
        var random = new Random(seed);
        Directory.CreateDirectory(Path.Combine(folder, "chains", "main"));
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        var block = new byte[1024 * 1024 * megabytes];
        random.NextBytes(block);
        File.WriteAllBytes(Path.Combine(folder, "chains", "main", "blocks"), block);
        File.WriteAllBytes(Path.Combine(folder, "chains", "none"), []);
        File.WriteAllText(Path.Combine(folder, "état"), "names are UTF-8");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(folder, "chains", "none"), UnixFileMode.UserRead);
        }
    }

    /// <summary>All files and folders with their contents and modes.</summary>
    public static IReadOnlyDictionary<string, string> Read(string folder) => Directory
        .EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(folder, path).StartsWith(".baas-", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetRelativePath(folder, path), path =>
            $"{(OperatingSystem.IsWindows() ? 0 : File.GetUnixFileMode(path))} {(Directory.Exists(path) ? "folder" : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))))}");

    /// <summary>Packs a folder with what is known already.</summary>
    public static Task<VolumeRoot> PackAsync(string folder, MemoryParts parts) => new VolumePacker(Keys, parts).PackAsync(folder, [.. parts.Chunks], CancellationToken.None);

    /// <summary>Reads an archive back.</summary>
    public static Task<IReadOnlyList<string>> VerifyAsync(VolumeRoot root, MemoryParts parts) =>
        new VolumeReader(Keys, parts).VerifyAsync(root, new HashSet<UInt128>(), CancellationToken.None);
}
