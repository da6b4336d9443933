using System.Diagnostics;
using Baas.Core.Storage;
using Baas.Core.Storage.Files;
using Baas.Testing;

namespace Baas.Core.Tests.Storage.Files;

public sealed class DataFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Data => _folder.In("data");

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_Again_FindsBlobsAndTheSameMasterKey()
    {
        string id;
        using (var first = DataFolder.Open(Data))
        {
            id = await first.OpenMasterKey().GetIdAsync(Soon);
            await first.OpenBlobs().PutAsync("a", new byte[] { 1 }, BlobCondition.None, Soon);
        }

        using var second = DataFolder.Open(Data);

        Assert.Equal(id, await second.OpenMasterKey().GetIdAsync(Soon));
        Assert.NotNull(await second.OpenBlobs().GetAsync("a", Soon));
        Assert.StartsWith(second.Path, second.JournalPath, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OnUnix_OnlyTheOwnerMayEnterAndReadTheKey()
    {
        using var data = DataFolder.Open(Data);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.In("data", "master.key")));
        }
    }

    [Fact]
    public void Open_OpenAlready_SaysLocked()
    {
        using var first = DataFolder.Open(Data);

        Assert.Equal("data-folder-locked", CodeOf(() => DataFolder.Open(Data)));
    }

    [Fact]
    public void Open_AnotherProcessHasTheLock_SaysLocked()
    {
        if (!File.Exists("/usr/bin/flock"))
        {
            return; // the test above covers the lock itself
        }

        DataFolder.Open(Data).Dispose();
        using var holder = Process.Start(new ProcessStartInfo("/usr/bin/flock", [_folder.In("data", "lock"), "-c", "echo held; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", holder.StandardOutput.ReadLine());

        Assert.Equal("data-folder-locked", CodeOf(() => DataFolder.Open(Data)));

        holder.StandardInput.Close();
        Assert.True(holder.WaitForExit(TimeSpan.FromMinutes(1)));
        DataFolder.Open(Data).Dispose();
    }

    [Fact]
    public void Open_WrittenByANewerProgram_IsRefusedAndLetGo()
    {
        DataFolder.Open(Data).Dispose();
        File.WriteAllText(_folder.In("data", "version"), "2\n");

        Assert.Equal("data-folder-newer", CodeOf(() => DataFolder.Open(Data)));

        File.WriteAllText(_folder.In("data", "version"), "1\n");
        DataFolder.Open(Data).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("-1")]
    [InlineData("0")]
    public void Open_VersionIsNoNumber_SaysDamaged(string version)
    {
        DataFolder.Open(Data).Dispose();
        File.WriteAllText(_folder.In("data", "version"), version);

        Assert.Equal("data-folder-damaged", CodeOf(() => DataFolder.Open(Data)));
    }

    [Fact]
    public void Open_PathIsAFile_SaysUnwritable()
    {
        File.WriteAllText(Data, "");

        Assert.Equal("data-folder-unwritable", CodeOf(() => DataFolder.Open(Data)));
        Assert.Equal("data-folder-unwritable", CodeOf(() => DataFolder.Open(_folder.In("data", "below"))));
    }

    [Fact]
    public void OpenMasterKey_Gone_IsNotMadeAnew()
    {
        DataFolder.Open(Data).Dispose();
        File.Delete(_folder.In("data", "master.key"));

        using var data = DataFolder.Open(Data);

        Assert.Equal("master-key-missing", CodeOf(() => data.OpenMasterKey()));
    }

    [Fact]
    public void OpenMasterKey_OthersMayReadIt_IsRefused()
    {
        if (!OperatingSystem.IsWindows())
        {
            using var data = DataFolder.Open(Data);
            File.SetUnixFileMode(_folder.In("data", "master.key"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

            var failure = Assert.Throws<StorageException>(() => data.OpenMasterKey());

            Assert.Equal("master-key-exposed", failure.Code);
            Assert.Contains("mode 440", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OpenMasterKey_CutOff_IsRefused()
    {
        using var data = DataFolder.Open(Data);
        File.WriteAllBytes(_folder.In("data", "master.key"), new byte[31]);

        Assert.Equal("master-key-invalid", CodeOf(() => data.OpenMasterKey()));
    }

    private static string CodeOf(Func<object> act) => Assert.Throws<StorageException>(act).Code;
}
