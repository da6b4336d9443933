using Baas.Core.Archives;
using Baas.Testing;

namespace Baas.Core.Tests.Archives;

/// <summary>A swap is broken off between any two renames, and goes on.</summary>
public sealed class VolumeSwapTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Volume => _folder.In("volume");

    public static TheoryData<int> Moments => [.. Enumerable.Range(0, 8)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Moments))]
    public void Swap_AfterABreak_GoesOn(int moment)
    {
        Break(moment);
        VolumeSwap.Swap(Volume);
        Assert.Equal(["new-1", "new-2"], Names());
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Discard_AfterABreak_LeavesOneOfTheTwo(int moment)
    {
        Break(moment);
        VolumeSwap.Discard(Volume);
        Assert.Equal(moment < 4 ? ["old-1", "old-2"] : ["new-1", "new-2"], Names());
    }

    [Fact]
    public void Swap_WithoutAWholeVolume_DoesNothing()
    {
        Break(0);
        File.Delete(Path.Combine(Volume, ".baas-whole"));
        VolumeSwap.Swap(Volume);
        Assert.Contains("old-1", Names());
    }

    // Repeats by hand what a swap does, as far as it gets.
    private void Break(int moment)
    {
        var (staged, former) = (Path.Combine(Volume, ".baas-restore"), Path.Combine(Volume, ".baas-former"));
        foreach (var name in new[] { "new-1", "new-2" })
        {
            Directory.CreateDirectory(Path.Combine(staged, name));
        }

        foreach (var name in new[] { "old-1", "old-2" })
        {
            Directory.CreateDirectory(Path.Combine(Volume, name));
        }

        File.WriteAllText(Path.Combine(Volume, ".baas-whole"), "");
        Action[] moves =
        [
            () => Directory.CreateDirectory(former),
            () => Directory.Move(Path.Combine(Volume, "old-1"), Path.Combine(former, "old-1")),
            () => Directory.Move(Path.Combine(Volume, "old-2"), Path.Combine(former, "old-2")),
            () => Directory.Move(staged, Path.Combine(former, ".baas-restore")),
            () => Directory.Move(Path.Combine(former, ".baas-restore", "new-1"), Path.Combine(Volume, "new-1")),
            () => Directory.Move(Path.Combine(former, ".baas-restore", "new-2"), Path.Combine(Volume, "new-2")),
            () => Directory.Delete(former, recursive: true),
        ];
        foreach (var move in moves.Take(moment))
        {
            move();
        }
    }

    private string[] Names() => [.. Directory.GetFileSystemEntries(Volume).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
