using System.Text;
using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Steps.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Tests.Workflows;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>Small backups as they stand in a store, made without a network.</summary>
internal static class StoredBackups
{
    private static readonly NetworkReference Network = TestOperations.Network;

    public static BackupId IdOf(int number) => BackupId.Parse($"bk-{number}");

    /// <summary>Puts a whole backup in: each content is a part of its own, and so is the list of files.</summary>
    public static Task PutAsync(TestOperations test, int number, params string[] contents) => PutAsync(test.Records, test.Backups, number, contents);

    /// <summary>The same, on any store.</summary>
    public static async Task PutAsync(RecordStore records, BackupStore backups, int number, params string[] contents)
    {
        await backups.EnsureKeyAsync(Network, CancellationToken.None);
        var record = RecordOf(number, BackupState.Complete);
        await records.PutAsync(BackupRecordNames.Of(Network, record.Id), record, BlobCondition.None, CancellationToken.None);
        await SealAsync(backups, number, contents);
    }

    public static BackupRecord RecordOf(int number, BackupState state) => new()
    {
        Id = IdOf(number),
        Network = Network,
        Operation = OperationId.Parse($"op-{number}"),
        State = state,
        CreatedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(100 - number),
        EndedAt = state == BackupState.Running ? null : TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(100 - number),
    };

    /// <summary>Packs and signs. Parts that are there already are not sent, as an agent does it.</summary>
    public static async Task SealAsync(BackupStore backups, int number, params string[] contents)
    {
        using var packer = new ContentPacker(await KeysAsync(backups), backups.PartsOf(Network, BackupNames.Artifacts));
        foreach (var content in contents)
        {
            await packer.AddAsync($"artifacts/{content.Replace(' ', '-')}", Encoding.UTF8.GetBytes(content), CancellationToken.None);
        }

        var root = await packer.FinishAsync(CancellationToken.None);
        var manifest = new BackupManifest { Version = 1, Id = IdOf(number), Network = Network, CreatedAt = DateTimeOffset.UnixEpoch, KeyId = "", Spec = TestInputs.TwoOrganizations, Artifacts = root, Volumes = [] };
        await backups.WriteManifestAsync(manifest, CancellationToken.None);
    }

    /// <summary>What is wrong with a backup; nothing when it is whole.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(BackupStore backups, int number)
    {
        var manifest = await backups.ReadManifestAsync(Network, IdOf(number), CancellationToken.None);
        return await new VolumeReader(await KeysAsync(backups), backups.PartsOf(Network, BackupNames.Artifacts)).VerifyAsync(manifest.Artifacts, new HashSet<UInt128>(), CancellationToken.None);
    }

    /// <summary>What a restore does first.</summary>
    public static Task RecallAsync(IBlobStore blobs, BackupStore backups, SecondPlace second, int number) =>
        new RecallBackup(new BackupManifests(new RecordStore(blobs), blobs, backups, second), blobs, backups, second).ApplyAsync(new RecallBackup.Input(Network, IdOf(number)), CancellationToken.None);

    private static async Task<VolumeKeys> KeysAsync(BackupStore backups) => VolumeKeys.Of(await backups.ReadVolumeKeyAsync(Network, BackupNames.Artifacts, CancellationToken.None));
}
