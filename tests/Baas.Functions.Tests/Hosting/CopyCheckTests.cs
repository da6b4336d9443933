using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Storage.Files;
using Baas.Functions.Hosting.Local;
using Baas.Testing;
using Baas.Testing.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Tests.Hosting;

/// <summary>Whose the second store is, is told when the service starts; nothing is written for that, and nothing keeps the service from starting.</summary>
public sealed class CopyCheckTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly LogLines _lines = new();
    private readonly MemoryBlobStore _first = new();
    private readonly MemoryBlobStore _other = new();

    private SecondPlace Second => new("west", _other, new AesMasterKey(new byte[32]));

    public void Dispose()
    {
        _lines.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_NothingIsThere_SaysAndWritesNothing()
    {
        await CheckAsync(_first, Second);
        await CheckAsync(_first, null);

        Assert.Empty(_lines.Written);
        Assert.Empty(_first.Blobs);
        Assert.Empty(_other.Blobs);
    }

    [Fact]
    public async Task Start_ItIsItsOwn_SaysNothing()
    {
        await CopyOwner.ClaimAsync(new RecordStore(_first), Second, CancellationToken.None);

        await CheckAsync(_first, Second);

        Assert.Empty(_lines.Written);
    }

    [Theory]
    [InlineData(false)] // as after the loss of the first store
    [InlineData(true)]
    public async Task Start_ItIsAnothers_IsToldWithCodeAndWhatToDo(bool isKnown)
    {
        await CopyOwner.ClaimAsync(new RecordStore(new MemoryBlobStore()), Second, CancellationToken.None);
        await (isKnown ? CopyOwner.ClaimAsync(new RecordStore(_first), new SecondPlace("east", new MemoryBlobStore(), new AesMasterKey(new byte[32])), CancellationToken.None) : Task.CompletedTask);
        var (first, other) = (_first.Blobs.Count, _other.Blobs.Count);

        await CheckAsync(_first, Second);

        AssertForeign("west");
        Assert.Equal((first, other), (_first.Blobs.Count, _other.Blobs.Count));
    }

    [Fact]
    public async Task Start_ItDoesNotAnswer_IsTold()
    {
        _other.Failure = new StorageException("storage-unavailable", "it is down") { IsTransient = true };

        await CheckAsync(_first, Second);

        Assert.StartsWith("backups cannot be copied now (storage-unavailable): it is down", Assert.Single(_lines.Written), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_FolderIsAnothers_StartsAndTellsItAndTouchesNothing()
    {
        var copies = _folder.In("copies");
        await CopyOwner.ClaimAsync(new RecordStore(_first), new SecondPlace(copies, new FileBlobStore(copies), new AesMasterKey(new byte[32])), CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(copies, "tmp", "1"), "what its owner is writing"); // a store that is opened sweeps it away
        var before = Files(copies);

        await using var service = await StartAsync(copies);

        await CheckedAsync(service);
        AssertForeign(copies);
        Assert.Equal(before, Files(copies));
        await Assert.ThrowsAsync<StorageException>(() => CopyOwner.ClaimAsync(service.Services.GetRequiredService<RecordStore>(), service.Services.GetRequiredService<SecondPlace>(), CancellationToken.None));
        Assert.Equal(before, Files(copies));
    }

    [Fact]
    public async Task Service_FolderIsNotThere_StartsAndDoesNotMakeIt()
    {
        await using var service = await StartAsync(_folder.In("copies"));

        await CheckedAsync(service);
        await service.Services.GetRequiredService<BackupUpkeep>().RunAsync(CancellationToken.None); // with nothing to copy

        Assert.DoesNotContain(_lines.Written, line => line.Contains("backups", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.In("copies")));
    }

    [Fact]
    public async Task Service_FolderCannotBeMade_Starts()
    {
        await File.WriteAllTextAsync(_folder.In("file"), "no folder");

        await using var service = await StartAsync(_folder.In("file", "copies"));

        await CheckedAsync(service);
        var failure = await Assert.ThrowsAsync<StorageException>(
            () => CopyOwner.ClaimAsync(service.Services.GetRequiredService<RecordStore>(), service.Services.GetRequiredService<SecondPlace>(), CancellationToken.None));
        Assert.Equal("storage-unavailable", failure.Code);
    }

    private static List<string> Files(string folder) => [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private void AssertForeign(string name)
    {
        var line = Assert.Single(_lines.Written, line => line.Contains("copied", StringComparison.Ordinal));
        Assert.StartsWith($"backups cannot be copied now (copy-store-foreign): cannot write to second store \"{name}\": it belongs to service ", line, StringComparison.Ordinal);
        Assert.Contains("delete \"copies/owner.json\" there", line, StringComparison.Ordinal);
    }

    private async Task CheckAsync(MemoryBlobStore first, SecondPlace? second)
    {
        using CopyCheck check = new(new RecordStore(first), _lines.For<CopyCheck>(), second);
        await check.StartAsync(CancellationToken.None);
        await check.ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(1)); // it has been started
    }

    private static Task CheckedAsync(LocalService service) =>
        service.Services.GetServices<IHostedService>().OfType<CopyCheck>().Single().ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(1)); // the service has started it

    private async Task<LocalService> StartAsync(string copies) => await LocalService.StartAsync(
        new LocalOptions
        {
            DataFolder = _folder.In("data"),
            Clusters = [await AbsentCluster.InAsync(_folder)],
            Port = 0,
            Settings = new ConfigurationBuilder().AddInMemoryCollection([new("backups:copyFolder", copies)]).Build(),
            Adjust = services => services.AddSingleton<ILoggerProvider>(_lines),
        },
        CancellationToken.None);
}
