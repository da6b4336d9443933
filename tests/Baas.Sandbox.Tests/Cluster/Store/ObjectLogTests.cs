using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Tests.Cluster.Store;

public sealed class ObjectLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baas-log-").FullName;

    private StoreOptions Options => new() { Folder = _folder };

    private string LogFile => Directory.GetFiles(_folder, "objects-*.log").Single();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Open_AfterRestart_HasTheSameObjectsAndRevision()
    {
        long revision;
        await using (var first = ObjectStore.Open(Options))
        {
            first.Create(ClusterKinds.ConfigMaps, Manifests.Named("kept"));
            first.Create(ClusterKinds.ConfigMaps, Manifests.Named("gone"));
            first.Delete(Manifests.ConfigKey("gone"));
            revision = first.State.Revision;
        }

        await using var second = ObjectStore.Open(Options);

        Assert.Equal(revision, second.State.Revision);
        Assert.Equal(["kept"], second.List(ClusterKinds.ConfigMaps).Select(one => one.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(60)]
    public async Task Open_TruncatedTail_LosesOnlyTheHalfRecord(int cut)
    {
        await using (var first = ObjectStore.Open(Options))
        {
            first.Create(ClusterKinds.ConfigMaps, Manifests.Named("a"));
            first.Create(ClusterKinds.ConfigMaps, Manifests.Named("b"));
        }

        await using (var file = File.OpenWrite(LogFile))
        {
            file.SetLength(file.Length - cut);
        }

        await using (var second = ObjectStore.Open(Options))
        {
            Assert.Equal(["a"], second.List(ClusterKinds.ConfigMaps).Select(one => one.Name));
            second.Create(ClusterKinds.ConfigMaps, Manifests.Named("c"));
        }

        await using var third = ObjectStore.Open(Options);
        Assert.Equal(["a", "c"], third.List(ClusterKinds.ConfigMaps).Select(one => one.Name));
    }

    [Fact]
    public async Task Change_LogHasGrown_IsWrittenAnewWithoutWhatIsOutdated()
    {
        await using (var first = ObjectStore.Open(Options with { CompactAbove = 64 * 1024 }))
        {
            first.Create(ClusterKinds.ConfigMaps, Manifests.Named("a"));
            for (var number = 0; number < 1000; number++)
            {
                first.Change(Manifests.ConfigKey("a"), one =>
                {
                    one.Ensure("data")["number"] = $"{number}";
                    return one;
                });
            }
        }

        Assert.InRange(new FileInfo(LogFile).Length, 1, 128 * 1024);
        await using var second = ObjectStore.Open(Options);
        Assert.Equal("999", second.Get(Manifests.ConfigKey("a")).Text("data", "number"));
    }

    [Fact]
    public async Task Open_FolderOfARunningStore_IsRefused()
    {
        await using var first = ObjectStore.Open(Options);

        Assert.Throws<StatusException>(() => ObjectStore.Open(Options));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogFile));
        }
    }
}
