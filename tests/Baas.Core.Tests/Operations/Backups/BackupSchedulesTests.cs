using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Operations.Backups;

public sealed class BackupSchedulesTests
{
    private static readonly NetworkName Name = TestOperations.Network.Network;

    [Fact]
    public async Task SetAsync_HoldsFromTheNextSweepOn_AndIsOnRecordWithWhoDidIt()
    {
        var clock = new ManualClock();
        var test = new TestOperations(clock);
        await test.PutNetworkAsync(createdAt: clock.GetUtcNow());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await test.Sweep.RunAsync(CancellationToken.None));

        var set = await test.Schedules.SetAsync(TestOperations.Request(), Name, new BackupSpec { Schedule = "0 3 * * *", Keep = new() { Count = 3 } }, CancellationToken.None);

        Assert.Equal(("0 3 * * *", 3), (set.Schedule, set.Keep?.Count));
        clock.Advance(set.Next!.Value - clock.GetUtcNow()); // it was set
        Assert.Equal(1, await test.Sweep.RunAsync(CancellationToken.None));
        var operations = test.Blobs.Blobs.Keys.Where(name => name.StartsWith(RecordNames.Operations, StringComparison.Ordinal)).ToList();
        var records = await Task.WhenAll(operations.Select(async name => (await test.Records.GetAsync<OperationRecord>(name, CancellationToken.None))!.Record)); // they are listed
        var act = Assert.Single(records, record => record.Kind == OperationKind.SetBackupSchedule);
        Assert.Equal((OperationState.Succeeded, "tests"), (act.State, act.CreatedBy));
    }

    [Fact]
    public async Task SetAsync_WhileTheNetworkIsAtWork_KeepsItsLock()
    {
        var test = new TestOperations();
        await test.PutNetworkAsync(createdAt: DateTimeOffset.UnixEpoch.AddDays(1));
        var operation = await test.Operations.BeginAsync(TestOperations.Request(), Name, CancellationToken.None);

        await test.Schedules.SetAsync(TestOperations.Request(), Name, new BackupSpec { Schedule = "0 3 * * *" }, CancellationToken.None);

        Assert.Equal((operation.Id, "0 3 * * *"), ((await test.NetworkAsync())?.ActiveOperation, (await test.NetworkAsync())?.Spec.Backup?.Schedule));
        Assert.Null((await test.Schedules.SetAsync(TestOperations.Request(), Name, null, CancellationToken.None)).Next);
    }

    [Theory]
    [InlineData("every day", 7, "schedule-invalid")]
    [InlineData("0 0 31 2 *", 7, "schedule-invalid")]
    [InlineData("61 3 * * *", 7, "schedule-invalid")]
    [InlineData("0 3 * * *", 0, "backup-keep-invalid")]
    [InlineData("0 3 * * *", 1001, "backup-keep-invalid")]
    public async Task SetAsync_MakesNoSense_IsRefusedAndNothingChanges(string schedule, int count, string code)
    {
        var test = new TestOperations();
        await test.PutNetworkAsync();
        var wanted = new BackupSpec { Schedule = schedule, Keep = new() { Count = count } };

        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => test.Schedules.SetAsync(TestOperations.Request(), Name, wanted, CancellationToken.None))).Code);

        Assert.Null((await test.NetworkAsync())?.Spec.Backup);
    }

    [Fact]
    public async Task SetAsync_AbsentOrBeingDeleted_IsRefused()
    {
        var test = new TestOperations();
        Assert.Equal("network-not-found", await RefusalAsync(test));
        await test.PutNetworkAsync(NetworkState.Deleting);
        Assert.Equal("network-not-ready", await RefusalAsync(test));
    }

    private static async Task<string> RefusalAsync(TestOperations test) =>
        (await Assert.ThrowsAsync<RefusedException>(() => test.Schedules.SetAsync(TestOperations.Request(), Name, null, CancellationToken.None))).Code;
}
