using Baas.Core.Networks;
using Baas.Core.Steps.Backups;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>What is cleared away, and what never is.</summary>
public sealed class PruneBackupsTests
{
    private static readonly NetworkReference Network = TestOperations.Network;

    private readonly TestOperations _test = new();

    [Fact]
    public async Task ApplyAsync_KeepsTheNewest()
    {
        for (var number = 1; number <= 4; number++)
        {
            await StoredBackups.PutAsync(_test, number, "shared", $"own {number}");
        }

        var done = await PruneAsync(new BackupSpec { Keep = new BackupKeepSpec { Count = 2 } });

        Assert.Equal(2, done.Forgotten);
        Assert.Equal([StoredBackups.IdOf(3), StoredBackups.IdOf(4)], await _test.Backups.ListAsync(Network, CancellationToken.None).ToListAsync());
        Assert.Equal(0, (await PruneAsync(new BackupSpec { Keep = new BackupKeepSpec { Count = 2 } })).Forgotten);
    }

    [Fact]
    public async Task ApplyAsync_YoungOnes_StayWhateverTheirNumber()
    {
        for (var number = 1; number <= 3; number++)
        {
            await StoredBackups.PutAsync(_test, number, $"own {number}");
        }

        Assert.Equal(0, (await PruneAsync(new BackupSpec { Keep = new BackupKeepSpec { Count = 1, Days = 3650 } })).Forgotten);
        Assert.Equal(0, (await PruneAsync(null)).Forgotten);
    }

    private Task<PruneBackups.Output> PruneAsync(BackupSpec? keep) =>
        new PruneBackups(_test.Records, _test.Backups, TimeProvider.System).ApplyAsync(new PruneBackups.Input(Network, keep), CancellationToken.None);
}
