using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Records.Backups;
using Baas.Core.Steps.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Tests.Workflows;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>What is cleared away, and what never is.</summary>
public sealed class PruneBackupsTests
{
    private static readonly NetworkReference Network = TestOperations.Network;

    private readonly TestOperations _test = new();

    [Fact]
    public async Task ApplyAsync_KeepsWhatKeptManifestsName()
    {
        for (var number = 1; number <= 4; number++)
        {
            await PutAsync(number, $"shared", $"own {number}");
        }

        var done = await PruneAsync(new BackupSpec { Keep = new BackupKeepSpec { Count = 2 } });

        Assert.Equal((2, 4), (done.Forgotten, (int)done.Parts)); // of each its own content and its own list of files
        foreach (var number in new[] { 3, 4 })
        {
            var manifest = await _test.Backups.ReadManifestAsync(Network, IdOf(number), CancellationToken.None);
            Assert.Empty(await VerifyAsync(manifest));
        }

        Assert.Equal(0, (await PruneAsync(new BackupSpec { Keep = new BackupKeepSpec { Count = 2 } })).Parts);
    }

    [Fact]
    public async Task ApplyAsync_YoungOnes_StayWhateverTheirNumber()
    {
        for (var number = 1; number <= 3; number++)
        {
            await PutAsync(number, $"own {number}");
        }

        Assert.Equal(0, (await PruneAsync(new BackupSpec { Keep = new BackupKeepSpec { Count = 1, Days = 3650 } })).Forgotten);
        Assert.Equal(0, (await PruneAsync(null)).Forgotten);
    }

    [Fact]
    public async Task ApplyAsync_AManifestIsDamaged_DeletesNoPart()
    {
        await PutAsync(1, "own 1");
        await PutAsync(2, "own 2");
        await _test.Backups.DeleteManifestAsync(Network, IdOf(1), CancellationToken.None);
        await _test.Blobs.PutAsync(BackupNames.Manifest(Network, IdOf(2)), "{}"u8.ToArray(), BlobCondition.None, CancellationToken.None);
        var before = _test.Blobs.Blobs.Keys.Count(name => name.Contains("/chunks/", StringComparison.Ordinal));

        await Assert.ThrowsAsync<BackupException>(() => PruneAsync(null));

        Assert.Equal(before, _test.Blobs.Blobs.Keys.Count(name => name.Contains("/chunks/", StringComparison.Ordinal)));
    }

    private static BackupId IdOf(int number) => BackupId.Parse($"bk-{number}");

    private Task<PruneBackups.Output> PruneAsync(BackupSpec? keep) =>
        new PruneBackups(_test.Records, _test.Backups, TimeProvider.System).ApplyAsync(new PruneBackups.Input(Network, keep), CancellationToken.None);

    private async Task<IReadOnlyList<string>> VerifyAsync(BackupManifest manifest) =>
        await new VolumeReader(await KeysAsync(), _test.Backups.PartsOf(Network, BackupNames.Artifacts)).VerifyAsync(manifest.Artifacts, new HashSet<UInt128>(), CancellationToken.None);

    private async Task<VolumeKeys> KeysAsync() => VolumeKeys.Of(await _test.Backups.ReadVolumeKeyAsync(Network, BackupNames.Artifacts, CancellationToken.None));

    private async Task PutAsync(int number, params string[] contents)
    {
        await _test.Backups.EnsureKeyAsync(Network, CancellationToken.None);
        using var packer = new ContentPacker(await KeysAsync(), _test.Backups.PartsOf(Network, BackupNames.Artifacts));
        foreach (var content in contents)
        {
            await packer.AddAsync($"artifacts/{content.Replace(' ', '-')}", System.Text.Encoding.UTF8.GetBytes(content), CancellationToken.None);
        }

        var root = await packer.FinishAsync(CancellationToken.None);
        var record = new BackupRecord
        {
            Id = IdOf(number),
            Network = Network,
            Operation = OperationId.Parse($"op-{number}"),
            State = BackupState.Complete,
            CreatedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(100 - number),
        };
        await _test.Records.PutAsync(BackupRecordNames.Of(Network, record.Id), record, BlobCondition.None, CancellationToken.None);
        await _test.Backups.WriteManifestAsync(
            new BackupManifest { Version = 1, Id = record.Id, Network = Network, CreatedAt = record.CreatedAt, KeyId = "", Spec = TestInputs.TwoOrganizations, Artifacts = root, Volumes = [] },
            CancellationToken.None);
    }
}
