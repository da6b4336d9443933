using System.Diagnostics;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;
using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>Networks of Fabric's own nodes move to another version while a client submits all the time. One at a time: each takes the machine.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class RealUpgradeTests(ITestOutputHelper output)
{
    private const string To = "3.1.5";

    [RealNodesFact("2.5.16")]
    public Task Upgrade_FromTheFormerLine_LosesNothing() => UpgradeAsync("2.5.16");

    [RealNodesFact("3.1.1")]
    public Task Upgrade_WithinTheLine_LosesNothing() => UpgradeAsync("3.1.1");

    private async Task UpgradeAsync(string from)
    {
        if (FabricBinaries.FolderOf(To) is null)
        {
            output.WriteLine($"nothing to upgrade to: version {To} is not here");
            return;
        }

        using var folder = new TestFolder();
        var images = AssetChaincode.WriteTo(folder.Path);
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Nodes = SandboxNodes.Process,
            FabricHome = Environment.GetEnvironmentVariable(FabricBinaries.HomeVariable),
            ImageFiles = [images],
        });
        await using var service = await host.StartServiceAsync("service");
        var made = await service.Api.CreateToEndAsync("real", DrillNetwork.Specification("real", version: from));
        Assert.True(made.State == OperationState.Succeeded, $"{made.Failure}");
        var network = new DrillNetwork(service, "real");
        await network.WriteAsync("before", 3);
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(network, stop.Token);

        var took = Stopwatch.StartNew();
        var operation = await service.Api.EndOfAsync(await service.Api.UpgradeAsync("real", To));

        took.Stop();
        await stop.CancelAsync();
        var (tried, pause) = await writing;
        output.WriteLine($"{from} became {To} in {took.Elapsed.TotalSeconds:0} s: {tried} transactions tried, {network.Written.Count - 3} committed, longest pause {pause.TotalSeconds:0.0} s");
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        var record = await service.Api.FindAsync("real");
        Assert.Equal((NetworkState.Ready, To), (record?.State, record?.FabricVersion.Value));
        await network.WriteAsync("after", 2);
        await network.AssertAssetsAsync(network.Written);
    }

    /// <summary>Submits one transaction after the other; gives how many were tried and the longest time without a commit.</summary>
    private static async Task<(int Tried, TimeSpan Pause)> WriteAsync(DrillNetwork network, CancellationToken stop)
    {
        var (tried, longest, since) = (0, TimeSpan.Zero, Stopwatch.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await network.WriteAsync($"meanwhile{tried++}-", 1);
                var pause = Stopwatch.GetElapsedTime(since);
                (longest, since) = (pause > longest ? pause : longest, Stopwatch.GetTimestamp());
            }
            catch (Core.BaasException)
            {
                // A node was away: neither committed nor wrong, or committed and not heard of. The next one has another name.
            }
        }

        return (tried, longest);
    }
}
