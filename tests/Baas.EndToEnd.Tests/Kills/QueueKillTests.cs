using System.Diagnostics;
using Baas.Core.Records;
using Baas.Core.Storage.Files;
using Baas.EndToEnd.Tests.Fixture;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Kills;

/// <summary>
/// The service is killed with SIGKILL as soon as an act of an upgrade's way through the queue is seen on the disk: sent, recorded, received, taken, begun, deleted.
/// Each request that is repeated with its key is one upgrade, and the next start goes on.
/// </summary>
public sealed class QueueKillTests(ITestOutputHelper output) : SandboxTests
{
    private const string Network = "queued";
    private const string Service = "service";
    private const int FirstPatch = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What is on the disk after each act of the upgrade to a version. What may pass too soon to be seen counts by what comes after it, too.</summary>
    private static readonly (string Name, Func<string, string, bool> IsSeen)[] Acts =
    [
        ("sent", (folder, version) => Messages(folder).Length > 0 || IsRecorded(folder, version)),
        ("received", (folder, version) => Messages(folder).Any(file => Holds(file, "\"deliveries\":1")) || HasBegun(folder, version)),
        ("recorded", IsRecorded),
        ("taken", (folder, _) => Holds(NetworkFile(folder), "\"activeOperation\"")),
        ("begun", HasBegun),
        ("deleted", (folder, _) => Holds(NetworkFile(folder), "\"activeOperation\"") && Messages(folder).Length == 0),
    ];

    [Fact]
    public async Task Upgrade_KilledAtAnyActOfItsWayThroughTheQueue_BeginsOnce()
    {
        string key;
        await using (var service = await Host.StartServiceAsync(Service))
        {
            key = service.Key;
            Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync(Network)).State);
        }

        await using var killed = new KilledService(Host.DataFolder(Service), Host.Cluster.KubeconfigPath, key);
        await killed.StartAsync("");
        for (var round = 0; round < Acts.Length; round++)
        {
            await KillAsync(killed, $"3.1.{FirstPatch + round}", Acts[round].Name, Acts[round].IsSeen);
        }

        var upgrades = (await killed.Api.ListOperationsAsync()).Where(operation => operation.Kind == OperationKind.UpgradeNetwork).ToList();
        Assert.Equal(Acts.Length, upgrades.Count);
        Assert.All(upgrades, upgrade => Assert.Equal(OperationState.Succeeded, upgrade.State));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Host.DataFolder(Service), "queues", "baas-work"), "*.json", SearchOption.AllDirectories));
    }

    private async Task KillAsync(KilledService service, string version, string act, Func<string, string, bool> isSeen)
    {
        var (folder, watch) = (Host.DataFolder(Service), Stopwatch.StartNew());
        var asking = service.Api.TryUpgradeAsync(Network, version, version);
        while (!isSeen(folder, version) && !HasEnded(folder, version)) // a machine that stands still sees nothing on the way
        {
            Assert.True(watch.Elapsed < Patience, $"{act} was never seen");
        }

        var seen = watch.Elapsed;
        await service.KillAsync();
        var isAnswered = await asking.ContinueWith(asked => asked.IsCompletedSuccessfully, TaskScheduler.Default);
        output.WriteLine($"{version}: {act} after {seen.TotalMilliseconds:0.0} ms, {(isAnswered ? "answered" : "not answered")}, now on the disk: {string.Join(", ", Acts.Where(one => one.IsSeen(folder, version)).Select(one => one.Name))}");

        await service.StartAsync("");
        using var again = await service.Api.TryUpgradeAsync(Network, version, version);
        var ended = await service.Api.EndOfAsync(await NetworkApi.AcceptedAsync(again));
        Assert.True(ended.State == OperationState.Succeeded, $"{ended.Failure}");
        Assert.Equal(version, (await service.Api.FindAsync(Network))?.FabricVersion.Value);
    }

    private static string[] Messages(string folder) => Directory.GetFiles(Path.Combine(folder, "queues", "baas-work"), "*.json");

    private static string[] Operations(string folder) => Directory.GetFiles(Path.Combine(folder, "store", "blobs", RecordNames.Operations, ServiceRun.Tenant));

    private static bool IsRecorded(string folder, string version) => Operations(folder).Any(file => Holds(file, $"\"{version}\""));

    private static bool HasBegun(string folder, string version) => Operations(folder).Any(file => Holds(file, $"\"{version}\"") && !Holds(file, "\"state\":\"queued\""));

    private static bool HasEnded(string folder, string version) => Operations(folder).Any(file => Holds(file, $"\"{version}\"") && Holds(file, "\"state\":\"succeeded\""));

    private static string NetworkFile(string folder) => Path.Combine(folder, "store", "blobs", BlobPaths.OfBlob($"{RecordNames.Networks}{ServiceRun.Tenant}/{Network}.json"));

    private static bool Holds(string file, string text)
    {
        try
        {
            return File.ReadAllText(file).Contains(text, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // it has just gone, or is being replaced
        }
    }
}
