using Baas.Core.Networks;
using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Steps.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>What is deleted, and what never is; what is copied, and comes back from there.</summary>
public sealed class BackupUpkeepTests
{
    private static readonly NetworkReference Network = TestOperations.Network;
    private static readonly AesMasterKey MasterKey = new(new byte[32]);

    private readonly TestOperations _test = new();
    private readonly MemoryBlobStore _other = new();

    private int Parts => PartsIn(_test.Blobs);

    private SecondPlace Second => new("west", _other, MasterKey);

    [Fact]
    public async Task Forgotten_ItsOwnPartsGo_AndThoseOfKeptOnesStay()
    {
        await StoredBackups.PutAsync(_test, 1, "shared", "own 1");
        await StoredBackups.PutAsync(_test, 2, "shared", "own 2");
        await _test.Operations.DeleteAsync(Network, StoredBackups.IdOf(1), CancellationToken.None);
        Assert.Equal(5, Parts);

        Assert.Equal((0, 0, 1), await RunAsync());

        Assert.Equal(3, Parts);
        Assert.Empty(await StoredBackups.FaultsAsync(_test.Backups, 2));
        Assert.Equal((0, 0, 0), await RunAsync());
    }

    [Fact]
    public async Task Forgotten_TheLastOne_NoPartIsLeft()
    {
        await StoredBackups.PutAsync(_test, 1, "a", "b");
        var orphan = $"{BackupNames.Parts(Network, "volumes/org9/peer-1")}chunks/{new string('0', 64)}"; // of a volume that no backup holds
        await _test.Blobs.PutAsync(orphan, new byte[1], BlobCondition.None, CancellationToken.None);
        await _test.Operations.DeleteAsync(Network, StoredBackups.IdOf(1), CancellationToken.None);

        await RunAsync();

        Assert.Equal(0, Parts);
        Assert.DoesNotContain(_test.Blobs.Blobs.Keys, name => name.StartsWith(BackupNames.Folder(Network), StringComparison.Ordinal) && !name.StartsWith(BackupNames.KeysFolder(Network), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forgotten_AnotherManifestIsDamaged_NothingIsDeleted()
    {
        await StoredBackups.PutAsync(_test, 1, "own 1");
        await StoredBackups.PutAsync(_test, 2, "own 2");
        await _test.Operations.DeleteAsync(Network, StoredBackups.IdOf(1), CancellationToken.None);
        await _test.Blobs.PutAsync(BackupNames.Manifest(Network, StoredBackups.IdOf(2)), "{}"u8.ToArray(), BlobCondition.None, CancellationToken.None);
        var before = Parts;

        await Assert.ThrowsAsync<BackupException>(RunAsync);

        Assert.Equal(before, Parts);
        Assert.Null(await _test.Backups.FindCollectionAsync(Network, CancellationToken.None));
    }

    [Fact]
    public async Task Forgotten_ABackupIsUnderWay_WaitsForItsEnd()
    {
        await StoredBackups.PutAsync(_test, 1, "shared");
        await BeginAsync();
        await _test.Operations.DeleteAsync(Network, StoredBackups.IdOf(1), CancellationToken.None);

        Assert.Equal((0, 0, 0), await RunAsync());
        Assert.Equal(2, Parts);

        await EndAsync();
        Assert.Equal((0, 0, 1), await RunAsync());
        Assert.Equal(0, Parts);
    }

    // A backup begins at each moment of a collection in turn. It takes the parts that it finds as sent, as agents do, and seals itself when all is over.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BackupThatBeginsMeanwhile_NeverLosesAPart(bool isCopied)
    {
        var refused = 0;
        for (var moment = 0; ; moment++)
        {
            BackupUpkeepTests round = new();
            await StoredBackups.PutAsync(round._test, 1, "shared");
            await (isCopied ? round.RunAsync(round.Second) : Task.CompletedTask);
            await round._test.Operations.DeleteAsync(Network, StoredBackups.IdOf(1), CancellationToken.None);
            var (begun, calls) = (false, 0);
            async Task Hook(int call, string verb, string name)
            {
                if (calls++ == moment)
                {
                    begun = await round.TryBeginAsync();
                    refused += begun ? 0 : 1;
                }
            }

            HookedBlobStore hooked = new(round._test.Blobs, Hook);
            SecondPlace? second = isCopied ? new("west", new HookedBlobStore(round._other, Hook), MasterKey) : null;
            var records = new RecordStore(hooked);
            var backups = new BackupStore(hooked, new SecretStore(hooked, MasterKey));

            await new BackupUpkeep(records, hooked, backups, TimeProvider.System, second).RunAsync(CancellationToken.None);

            if (calls <= moment)
            {
                Assert.True(refused > 0, "no moment was refused");
                return;
            }

            if (begun)
            {
                Assert.Empty(await StoredBackups.FaultsAsync(round._test.Backups, 2));
            }
        }
    }

    [Fact]
    public async Task Complete_IsCopiedOnce_AndShownAsCopied()
    {
        await StoredBackups.PutAsync(_test, 1, "shared", "own 1");
        Assert.Equal((1, 0, 0), await RunAsync(Second));
        await StoredBackups.PutAsync(_test, 2, "shared", "own 2");
        HookedBlobStore counted = new(_other, (_, verb, name) => Task.FromResult(verb == "put" && name.Contains("/chunks/", StringComparison.Ordinal) ? _sent++ : _sent));

        Assert.Equal((1, 0, 0), await RunAsync(new SecondPlace("west", counted, MasterKey)));

        Assert.Equal(2, _sent); // its own content and its own list of files
        Assert.Empty(await StoredBackups.FaultsAsync(Second.Place.Backups, 1));
        Assert.Empty(await StoredBackups.FaultsAsync(Second.Place.Backups, 2));
        Assert.Equal("west", Assert.Single((await _test.Operations.GetAsync(Network, StoredBackups.IdOf(2), CancellationToken.None)).Copies).Name);
        Assert.Equal((0, 0, 0), await RunAsync(Second));
    }

    [Fact]
    public async Task Copy_IsForgottenWithItsBackup_AndItsPartsGo()
    {
        await StoredBackups.PutAsync(_test, 1, "shared", "own 1");
        await StoredBackups.PutAsync(_test, 2, "shared", "own 2");
        await RunAsync(Second);
        await _test.Operations.DeleteAsync(Network, StoredBackups.IdOf(1), CancellationToken.None);

        Assert.Equal((0, 0, 1), await RunAsync(Second));

        Assert.Equal((3, 3), (Parts, PartsIn(_other)));
        Assert.Empty(await StoredBackups.FaultsAsync(Second.Place.Backups, 2));
    }

    [Fact]
    public async Task FirstStoreIsLost_WhatTheSecondKnowsComesBack()
    {
        await StoredBackups.PutAsync(_test, 1, "a", "b");
        await RunAsync(Second);
        TestOperations empty = new();

        Assert.Equal((0, 1, 0), await RunAsync(Second, empty));

        Assert.Equal(BackupState.Complete, (await empty.Operations.GetAsync(Network, StoredBackups.IdOf(1), CancellationToken.None)).State);
        Assert.NotEmpty(await StoredBackups.FaultsAsync(empty.Backups, 1));
        await StoredBackups.RecallAsync(empty.Blobs, empty.Backups, Second, 1);
        Assert.Empty(await StoredBackups.FaultsAsync(empty.Backups, 1));
    }

    [Fact]
    public async Task SecondStoreIsAnothers_IsToldAndLeftAsItIs()
    {
        await StoredBackups.PutAsync(_test, 1, "a");
        await RunAsync(Second);
        TestOperations stranger = new();
        Assert.Equal((0, 1, 0), await RunAsync(Second, stranger)); // it may read
        await StoredBackups.PutAsync(stranger, 2, "b");
        var before = _other.Blobs.Keys.Order(StringComparer.Ordinal).ToList();

        Assert.Equal("copy-store-foreign", (await Assert.ThrowsAsync<StorageException>(() => RunAsync(Second, stranger))).Code);
        Assert.Equal(before, _other.Blobs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((0, 0, 0), await RunAsync(Second)); // its owner goes on

        await _other.DeleteAsync("copies/owner.json", BlobCondition.None, CancellationToken.None);
        Assert.Equal((1, 0, 0), await RunAsync(Second, stranger));
        before = [.. _other.Blobs.Keys.Order(StringComparer.Ordinal)];
        await _test.Operations.DeleteAsync(Network, StoredBackups.IdOf(1), CancellationToken.None);
        Assert.Equal("copy-store-foreign", (await Assert.ThrowsAsync<StorageException>(() => RunAsync(Second))).Code);
        Assert.Equal(before, _other.Blobs.Keys.Order(StringComparer.Ordinal)); // what another one has forgotten stays
    }

    [Fact]
    public async Task SecondStoreIsDownOrSpoilt_IsToldAndTriedAgain()
    {
        await StoredBackups.PutAsync(_test, 1, "a");
        _other.Failure = new StorageException("storage-unavailable", "cannot write: it is full") { IsTransient = true };
        Assert.Equal("storage-unavailable", (await Assert.ThrowsAsync<StorageException>(() => RunAsync(Second))).Code);
        Assert.Empty((await _test.Operations.GetAsync(Network, StoredBackups.IdOf(1), CancellationToken.None)).Copies);
        _other.Failure = null;

        var part = _test.Blobs.Blobs.First(blob => blob.Key.Contains("/chunks/", StringComparison.Ordinal));
        byte[] spoilt = [.. part.Value.Content.Span];
        spoilt[^1] ^= 1;
        await _test.Blobs.PutAsync(part.Key, spoilt, BlobCondition.None, CancellationToken.None);
        Assert.Equal("archive-part-damaged", (await Assert.ThrowsAsync<Core.Archives.ArchiveException>(() => RunAsync(Second))).Code);
        await _test.Blobs.PutAsync(part.Key, part.Value.Content, BlobCondition.None, CancellationToken.None);

        Assert.Equal((1, 0, 0), await RunAsync(Second));
    }

    private int _sent;

    private static int PartsIn(MemoryBlobStore blobs) => blobs.Blobs.Keys.Count(name => name.Contains("/chunks/", StringComparison.Ordinal));

    private Task<(int Copied, int Recalled, int Cleared)> RunAsync() => RunAsync(null);

    private Task<(int Copied, int Recalled, int Cleared)> RunAsync(SecondPlace? second, TestOperations? on = null)
    {
        var test = on ?? _test;
        return new BackupUpkeep(test.Records, test.Blobs, test.Backups, TimeProvider.System, second).RunAsync(CancellationToken.None);
    }

    private async Task BeginAsync()
    {
        var operation = new OperationRecord
        {
            Id = OperationId.Parse("op-2"),
            Network = Network,
            Kind = OperationKind.BackupNetwork,
            OnFailure = OnFailure.Keep,
            State = OperationState.Running,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            CreatedBy = "tests",
        };
        await _test.Records.PutAsync(RecordNames.Operation(Network.Tenant, operation.Id), operation, BlobCondition.None, CancellationToken.None);
        await new BeginBackup(_test.Records, _test.Blobs, _test.Backups, TimeProvider.System).ApplyAsync(new BeginBackup.Input(Network, operation.Id, StoredBackups.IdOf(2)), CancellationToken.None);
    }

    private async Task<bool> TryBeginAsync()
    {
        try
        {
            await BeginAsync();
        }
        catch (BackupException failure) when (failure.Code == "backup-parts-collected")
        {
            return false;
        }

        await StoredBackups.SealAsync(_test.Backups, 2, "shared");
        return true;
    }

    private Task EndAsync() => _test.Records.ChangeAsync<BackupRecord>(
        BackupRecordNames.Of(Network, StoredBackups.IdOf(2)), record => record with { State = BackupState.Failed }, CancellationToken.None);
}
