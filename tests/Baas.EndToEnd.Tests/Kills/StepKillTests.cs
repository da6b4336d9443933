using System.Diagnostics;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Kills;

/// <summary>
/// The service runs in a process of its own and is killed with SIGKILL at every boundary of a step, of several operations at once: one step of each, the kill, the next
/// start. The cluster lives on. In the end all is as if nothing had happened.
/// </summary>
public sealed class StepKillTests(ITestOutputHelper output) : SandboxTests
{
    private const string Created = "created";
    private const string BackedUp = "backedup";
    private const string Restored = "restored";
    private const string Upgraded = "upgraded";
    private const string Renewed = "renewed";
    private const string Service = "service";
    private const string Former = "2.5.16";
    private const string Version = "3.1.5";

    // Each is one operation that is killed at all its steps, on a network of its own.
    private static readonly Change[] Changes =
    [
        new(Created, (api, _) => api.TryCreateAsync(Created)),
        new(BackedUp, (api, _) => api.TryBackUpAsync(BackedUp)),
        new(Restored, (api, backup) => api.TryRestoreAsync(Restored, backup, force: true)),
        new(Upgraded, (api, _) => api.TryUpgradeAsync(Upgraded, Version, more: "'capabilities':true")),
        new(Renewed, (api, _) => api.TryRenewAsync(Renewed, "all=true")),
    ];

    [Fact]
    public async Task Operations_KilledAtEveryStep_GoOnToTheirEnd()
    {
        var before = new Dictionary<string, Before>();
        string key;
        await using (var service = await Host.StartServiceAsync(Service))
        {
            key = service.Key;
            await Cases.RunAsync(Changes.Where(change => change.Network != Created), async (change, _) =>
            {
                var made = await MadeAsync(service, change.Network);
                lock (before)
                {
                    before[change.Network] = made;
                }
            });
        }

        var kills = await KillAllAsync(before, key);

        output.WriteLine($"{kills} kills");
        Assert.InRange(kills, 20, 200);
        await using var last = await Host.StartServiceAsync(Service);
        before[Created] = new Before(await ModelAsync(last, before[Upgraded].Remains), new DrillNetwork(last, Created), [], await new DrillNetwork(last, Created).HeightsAsync(), null);
        await Cases.RunAsync(Changes, (change, _) => AssertWholeAsync(last, before[change.Network]));
        Assert.Empty(Remains.LostVolumes(Host));
    }

    private async Task<int> KillAllAsync(Dictionary<string, Before> before, string key)
    {
        await using var service = new KilledService(Host.DataFolder(Service), Host.Cluster.KubeconfigPath, key);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        await service.StartAsync(SideOf(random));
        List<OperationId> running = [];
        foreach (var change in Changes)
        {
            using var answer = await change.AskAsync(service.Api, before.GetValueOrDefault(change.Network)?.Backup ?? default);
            running.Add((await NetworkApi.AcceptedAsync(answer)).Id);
        }

        var all = running.ToList();
        var (kills, since) = (0, Stopwatch.StartNew());
        while (await service.HeldAsync(running) is { Count: > 0 } held)
        {
            output.WriteLine($"{since.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", held)}");
            await service.KillAsync();
            kills++;
            await service.StartAsync(SideOf(random));
        }

        foreach (var id in all)
        {
            var operation = await service.Api.GetOperationAsync(id);
            Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
        }

        return kills;
    }

    private static string SideOf(Random random) => random.Next(2) == 0 ? "before" : "after";

    private async Task<Before> MadeAsync(ServiceRun service, string name)
    {
        var specification = SmallNetwork.Specification(name);
        var made = await service.Api.CreateToEndAsync(name, name == Upgraded ? specification.Replace(Version, Former, StringComparison.Ordinal) : specification);
        Assert.True(made.State == OperationState.Succeeded, $"{made.Failure}");
        var network = new DrillNetwork(service, name);
        await network.WriteAsync("before", 3);
        if (name is BackedUp or Restored)
        {
            Assert.Equal(OperationState.Succeeded, (await service.Api.BackUpToEndAsync(name)).State);
        }

        var backup = (await service.Api.ListBackupsAsync(name)).SingleOrDefault()?.Id;
        return new Before(await Remains.OfAsync(Host, service, name), network, network.Written.ToList(), await network.HeightsAsync(), backup);
    }

    /// <summary>Sees that the created network has what another has that was not disturbed.</summary>
    private async Task<Remains> ModelAsync(ServiceRun service, Remains other)
    {
        var made = await Remains.OfAsync(Host, service, Created);
        Assert.Equal(other.Blobs.Select(blob => blob.Replace($"/{Upgraded}", $"/{Created}", StringComparison.Ordinal)), made.Blobs);
        await Ledgers.AssertAgreeAsync(Host, service, Created);
        return other;
    }

    private async Task AssertWholeAsync(ServiceRun service, Before before)
    {
        var name = before.Network.Reference.Network.Value;
        var record = await service.Api.FindAsync(name);
        Assert.Equal((NetworkState.Ready, null), (record?.State, record?.ActiveOperation));
        Assert.Equal(Version, record?.FabricVersion.Value);
        AssertNothingIsStopped(name);
        Assert.Equal(before.Remains.Objects, (await Remains.OfAsync(Host, service, name)).Objects);
        var network = new DrillNetwork(service, name);
        Assert.All(await network.CapabilitiesAsync("main"), levels => Assert.Equal("V3_0", levels.Channel));
        await network.AssertAgreeAsync(before.Heights);
        await network.AssertAssetsAsync(before.Written);
        await network.WriteAsync("after", 2);
        await network.AssertAssetsAsync(network.Written);
        foreach (var backup in await service.Api.ListBackupsAsync(name))
        {
            Assert.Equal(BackupState.Complete, backup.State);
            Assert.Equal(OperationState.Succeeded, (await service.Api.VerifyToEndAsync(name, backup.Id)).State);
        }
    }

    private void AssertNothingIsStopped(string network)
    {
        var sets = Host.Cluster.Store.State.All.Where(one => one.Key.Kind.Kind == "StatefulSet" && one.Key.Namespace!.StartsWith($"{ServiceRun.Tenant}-{network}-", StringComparison.Ordinal)).ToList();
        Assert.Equal(SmallNetwork.Ledgers, sets.Count(set => $"{set.Object["spec"]?["template"]}".Contains("hyperledger/fabric-", StringComparison.Ordinal)));
        Assert.All(sets, set => Assert.Equal("1 of 1", $"{set.Object["status"]?["readyReplicas"]} of {set.Object["spec"]?["replicas"]}"));
    }

    private sealed record Change(string Network, Func<NetworkApi, BackupId, Task<HttpResponseMessage>> AskAsync)
    {
        public override string ToString() => Network;
    }

    /// <summary>What there was of a network before its change.</summary>
    private sealed record Before(Remains Remains, DrillNetwork Network, IReadOnlyList<KeyValuePair<string, string>> Written, IReadOnlyDictionary<string, LedgerHeight> Heights, BackupId? Backup);
}
