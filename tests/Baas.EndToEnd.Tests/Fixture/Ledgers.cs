using System.Buffers.Binary;
using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;
using Baas.Core.Storage;

namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>The ledgers of emulated nodes, read from their volumes.</summary>
internal static class Ledgers
{
    // Length, checksum, block: how an emulated node's file begins.
    private const int ChecksumLength = 8;

    /// <summary>Sees that all nodes of a small network have the stored genesis block.</summary>
    public static async Task AssertAgreeAsync(SandboxHost host, ServiceRun service, string network)
    {
        var reference = new NetworkReference(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(network));
        var stored = await service.Get<ArtifactStore>().FindGenesisAsync(reference, ChannelName.Parse("main"), CancellationToken.None);
        Assert.NotNull(stored);
        var claims = host.Cluster.Store.State.All
            .Where(one => one.Key.Kind.Kind == "PersistentVolumeClaim" && one.Key.Namespace!.StartsWith($"{ServiceRun.Tenant}-{network}-", StringComparison.Ordinal))
            .Select(one => Path.Combine(host.Volumes, $"pvc-{(string?)one.Object["metadata"]?["uid"]}"));
        AssertAgree(Hash(stored), [.. claims.SelectMany(GenesisBlocks)]);
    }

    /// <summary>The hashes of the headers of all first blocks below a folder.</summary>
    public static IEnumerable<string> GenesisBlocks(string folder) =>
        Directory.EnumerateFiles(folder, "blocks", SearchOption.AllDirectories).Select(file => Hash(FirstRecord(file)));

    /// <summary>The hash of a block's header.</summary>
    public static string Hash(byte[] block)
    {
        var header = Block.Parser.ParseFrom(block).Header;
        Assert.Equal(0UL, header.Number);
        return Convert.ToHexStringLower(SHA256.HashData(header.DataHash.Span));
    }

    private static void AssertAgree(string stored, IReadOnlyList<string> found)
    {
        Assert.Equal(SmallNetwork.Ledgers, found.Count);
        Assert.All(found, hash => Assert.Equal(stored, hash));
    }

    private static byte[] FirstRecord(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> prefix = stackalloc byte[sizeof(int) + ChecksumLength];
        file.ReadExactly(prefix);
        var block = new byte[BinaryPrimitives.ReadInt32LittleEndian(prefix)];
        file.ReadExactly(block);
        return block;
    }
}
