using Baas.Core.Archives;
using Baas.Testing;

namespace Baas.Core.Tests.Archives;

public sealed class VolumeArchiveTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly MemoryParts _parts = new();

    private string Source => _folder.In("source");

    private string Target => _folder.In("target");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StageAndSwap_GiveTheSameFolder()
    {
        Volumes.Write(Source, 1, 3);
        Volumes.Write(Target, 2, 1);
        File.WriteAllText(Path.Combine(Target, "former"), "goes");
        var root = await Volumes.PackAsync(Source, _parts);
        var before = Volumes.Read(Target);

        await new VolumeReader(Volumes.Keys, _parts).StageAsync(root, Target, CancellationToken.None);
        Assert.Equal(before, Volumes.Read(Target));
        VolumeSwap.Swap(Target);

        Assert.Equal(Volumes.Read(Source), Volumes.Read(Target));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Target), path => Path.GetFileName(path).StartsWith(".baas-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PackAsync_OneHundredthIsNew_SendsAtMostFiveHundredths()
    {
        Volumes.Write(Source, 1, 64);
        var first = await Volumes.PackAsync(Source, _parts);
        await File.AppendAllTextAsync(Path.Combine(Source, "chains", "main", "blocks"), new string('x', 64 * 1024 * 1024 / 100));

        var second = await Volumes.PackAsync(Source, _parts);

        Assert.InRange(second.SentBytes, 1, first.SentBytes / 20);
        Assert.Empty(await Volumes.VerifyAsync(first, _parts));
        Assert.Empty(await Volumes.VerifyAsync(second, _parts));
    }

    [Fact]
    public async Task PackAsync_NothingIsNew_SendsNothing()
    {
        Volumes.Write(Source, 1, 2);
        await Volumes.PackAsync(Source, _parts);

        Assert.Equal(0, (await Volumes.PackAsync(Source, _parts)).SentParts);
    }

    [Fact]
    public async Task PackAsync_AfterTheStoreWasFull_SendsOnlyTheRest()
    {
        Volumes.Write(Source, 1, 8);
        _parts.Room = 4;
        var failure = await Assert.ThrowsAsync<ArchiveException>(() => Volumes.PackAsync(Source, _parts));
        Assert.Equal("archive-refused", failure.Code);
        _parts.Room = null;
        var there = _parts.All.Count;

        var root = await Volumes.PackAsync(Source, _parts);

        Assert.InRange(there, 1, 7);
        Assert.Equal(_parts.All.Count - there, root.SentParts);
        Assert.Empty(await Volumes.VerifyAsync(root, _parts));
    }

    [Fact]
    public async Task EverySpoiltPart_IsFoundAndNamed_AndNothingIsReplaced()
    {
        Volumes.Write(Source, 1, 4);
        Volumes.Write(Target, 2, 1);
        var before = Volumes.Read(Target);
        var root = await Volumes.PackAsync(Source, _parts);
        var random = new Random(7);
        foreach (var (name, content) in _parts.All.ToArray())
        {
            foreach (var spoilt in Spoilt(content, random))
            {
                _parts.All[name] = spoilt;
                await AssertFoundAsync(root, name[PartNames.Chunks.Length..], ArchiveException.PartDamaged);
            }

            _parts.All.TryRemove(name, out _);
            await AssertFoundAsync(root, name[PartNames.Chunks.Length..], ArchiveException.PartMissing);
            _parts.All[name] = content;
        }

        Assert.Equal(before, Volumes.Read(Target));
        Assert.Empty(await Volumes.VerifyAsync(root, _parts));
    }

    [Fact]
    public async Task PartsThatChangedPlaces_AreFound()
    {
        Volumes.Write(Source, 1, 3);
        var root = await Volumes.PackAsync(Source, _parts);
        var names = _parts.All.Keys.Order(StringComparer.Ordinal).Take(2).ToArray();
        (_parts.All[names[0]], _parts.All[names[1]]) = (_parts.All[names[1]], _parts.All[names[0]]);

        Assert.Equal(2, (await Volumes.VerifyAsync(root, _parts)).Count);
    }

    [Fact]
    public async Task RootThatLacksAPart_IsFound()
    {
        Volumes.Write(Source, 1, 1);
        var root = await Volumes.PackAsync(Source, _parts);

        var faults = await Volumes.VerifyAsync(root with { Index = [] }, _parts);
        Assert.Contains("list of files", Assert.Single(faults), StringComparison.Ordinal);
        Assert.NotEmpty(await Volumes.VerifyAsync(root with { IndexHash = new string('0', 64) }, _parts));
        Assert.NotEmpty(await Volumes.VerifyAsync(root with { Entries = root.Entries + 1 }, _parts));
    }

    [Fact]
    public async Task OtherKey_OpensNothing()
    {
        Volumes.Write(Source, 1, 1);
        var root = await Volumes.PackAsync(Source, _parts);

        Directory.CreateDirectory(Target);
        Assert.NotEmpty(await new VolumeReader(Volumes.OtherKeys, _parts).VerifyAsync(root, new HashSet<UInt128>(), CancellationToken.None));
        var failure = await Assert.ThrowsAsync<ArchiveException>(() => new VolumeReader(Volumes.OtherKeys, _parts).StageAsync(root, Target, CancellationToken.None));
        Assert.Equal(ArchiveException.PartDamaged, failure.Code);
    }

    [Fact]
    public async Task PackAsync_Link_IsRefused()
    {
        Directory.CreateDirectory(Source);
        File.CreateSymbolicLink(Path.Combine(Source, "link"), "/etc/hostname");

        var failure = await Assert.ThrowsAsync<ArchiveException>(() => Volumes.PackAsync(Source, _parts));
        Assert.Equal(ArchiveException.EntryUnsupported, failure.Code);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/outside")]
    [InlineData("a//b")]
    [InlineData(".baas-former/x")]
    public async Task StageAsync_PathThatLeadsOut_IsRefused(string path)
    {
        using var packer = new ContentPacker(Volumes.Keys, _parts);
        await packer.AddAsync(path, new byte[3], CancellationToken.None);
        var root = await packer.FinishAsync(CancellationToken.None);
        Directory.CreateDirectory(_folder.In("a", "b"));

        await Assert.ThrowsAsync<ArchiveException>(() => new VolumeReader(Volumes.Keys, _parts).StageAsync(root, _folder.In("a", "b"), CancellationToken.None));
        Assert.False(File.Exists(_folder.In("a", "outside")));
    }

    // The head, the middle and the tag, and what was cut off.
    private static IEnumerable<byte[]> Spoilt(byte[] content, Random random)
    {
        foreach (var place in new[] { 0, 1, 3, 8, random.Next(content.Length), content.Length - 1 })
        {
            byte[] flipped = [.. content];
            flipped[place] ^= (byte)(1 << random.Next(8));
            yield return flipped;
        }

        yield return content[..(content.Length / 2)];
        yield return [];
    }

    private async Task AssertFoundAsync(VolumeRoot root, string name, string code)
    {
        var faults = await Volumes.VerifyAsync(root, _parts);
        Assert.Contains(faults, fault => fault.Contains(name, StringComparison.Ordinal));
        var failure = await Assert.ThrowsAsync<ArchiveException>(() => new VolumeReader(Volumes.Keys, _parts).StageAsync(root, Target, CancellationToken.None));
        Assert.Equal(code, failure.Code);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        Assert.False(VolumeSwap.IsStaged(Target));
    }
}
