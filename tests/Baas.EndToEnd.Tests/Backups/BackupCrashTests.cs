using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine.Journal;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.EndToEnd.Tests.Crashes;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>The engine is stopped at writes all over a backup and a restore, and the service started again: both end well, and no node is left stopped.</summary>
public sealed class BackupCrashTests(ITestOutputHelper output) : SandboxTests
{
    private const string Name = "crashed";
    private const int Every = 7;

    private CrashPoint _point = new();
    private int _port;
    [Fact]
    public async Task StartAsync_AfterACrashInABackupOrRestore_EndsItWell()
    {
        await using (var service = await StartAsync())
        {
            Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync(Name)).State);
        }

        var writes = await CrashAllAsync("backup", (api, key) => api.TryBackUpAsync(Name, key));
        var backup = await LastBackupAsync();
        var more = await CrashAllAsync("restore", (api, key) => api.TryRestoreAsync(Name, backup, force: true, idempotencyKey: key));
        output.WriteLine($"{writes} writes take a backup, {more} restore it; a crash at every {Every}th");
        Assert.InRange(writes, 20, 1000);
        Assert.InRange(more, 20, 1000);
    }

    private async Task<int> CrashAllAsync(string what, Func<NetworkApi, string, Task<HttpResponseMessage>> ask)
    {
        var writes = int.MaxValue;
        for (var (at, number) = (1, 0); at < writes; (at, number) = (at + Every, number + 1))
        {
            var key = $"{what}-{at}";
            var service = await StartAsync();
            _point.Arm(number % 2 == 0 ? CommitStage.Before : CommitStage.After, at);
            var running = AskAsync(service, ask, key);
            if (await Task.WhenAny(running, _point.Reached) == running)
            {
                writes = _point.Writes; // it has ended before so many writes
            }

            await service.DisposeAsync();
            await running.ContinueWith(_ => { }, TaskScheduler.Default); // its service is gone
            await using var again = await StartAsync();
            var ended = await AskAsync(again, ask, key);
            Assert.True(ended.State == OperationState.Succeeded, $"{what} with a crash at {at}: {ended.Failure}");
            AssertNothingIsStopped();
        }

        return writes;
    }

    private static async Task<OperationResource> AskAsync(ServiceRun service, Func<NetworkApi, string, Task<HttpResponseMessage>> ask, string key)
    {
        using var response = await ask(service.Api, key);
        return await service.Api.EndOfAsync(await NetworkApi.AcceptedAsync(response));
    }

    private async Task<BackupId> LastBackupAsync()
    {
        await using var service = await StartAsync();
        return (await service.Api.ListBackupsAsync(Name)).MaxBy(backup => backup.CreatedAt)!.Id; // backups were taken
    }

    private void AssertNothingIsStopped()
    {
        var sets = Host.Cluster.Store.State.All.Where(one => one.Key.Kind.Kind == "StatefulSet").ToList();
        Assert.NotEmpty(sets);
        Assert.All(sets, set => Assert.Equal("1 of 1", $"{set.Object["status"]?["readyReplicas"]} of {set.Object["spec"]?["replicas"]}"));
        Assert.DoesNotContain(Host.Cluster.Store.State.All, one => one.Key.Kind.Kind == "Secret" && one.Key.Name.StartsWith("agent-", StringComparison.Ordinal));
    }

    private async Task<ServiceRun> StartAsync()
    {
        // On the port that it had, as outside of tests: agents go on sending where they were told to.
        var point = _point = new CrashPoint();
        var started = await Host.StartServiceAsync(
            "service",
            services => services.Configure<JournalOptions>(journal =>
            {
                journal.MaxBatch = 1; // each turn is a write of its own
                journal.CrashAt = point.Crashes;
            }),
            _port);
        _port = started.Address.Port;
        return started;
    }
}
