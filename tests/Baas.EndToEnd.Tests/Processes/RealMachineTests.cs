using System.Net;
using System.Net.Sockets;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Cli;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Up;
using Baas.Sandbox;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Store;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>The machine stands in the way of Fabric's own nodes: one failure with a code, and everything is undone.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class RealMachineTests : IDisposable
{
    private const string Name = "machine";
    private const string Full = "no space left on device";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();

    [RealNodesFact]
    public async Task Port_TakenByAnother_FailsAndIsUndone()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Nodes = SandboxNodes.Process,
            FabricBin = FabricBinaries.FolderOf(RealNetwork.Version),
            ImageFiles = [AssetChaincode.WriteTo(_folder.Path)],
        });
        await using var service = await host.StartServiceAsync("service");
        var begun = await service.Api.CreateAsync(Name);
        using var taken = new TcpListener(await AddressAsync(host, $"acme-{Name}-org1", "peer-1"), 7051);
        taken.Start(); // before the peer: its StatefulSet comes after its certificates

        var ended = await service.Api.EndOfAsync(begun);

        Assert.Equal((OperationState.Failed, "node-crashes"), (ended.State, ended.Failure?.Code));
        Assert.Contains("Address already in use", ended.Failure?.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(ended.Failure!.Leftovers); // it has failed
        Assert.True(await Remains.OfAsync(host, service, Name) is { IsNothing: true } && Remains.LostVolumes(host).Count == 0);
        Assert.Empty(new MachineState(Path.GetDirectoryName(host.DataFolder("sandbox"))!).Programs); // a folder of a test is in another
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Pods));
    }

    [SmallDiskFact(RealNetwork.Version)]
    public async Task Disk_Full_FailsAndIsUndone()
    {
        await File.WriteAllTextAsync(_folder.In("network.yaml"), SmallNetwork.Specification(Name));
        Directory.CreateDirectory(_folder.In("data", "sandbox", "volumes"));

        // Volumes alone are small: 24 MiB, where a raft log takes 64 at once. In a namespace of its own, so that the disk is gone with the process.
        const string Script = """
            mount -t tmpfs -o size=24m tmpfs "$1/sandbox/volumes" && BAAS_FABRIC_BIN="$2" dotnet "$3" up --nodes process --once --port 0 --data "$1" -f "$4"
            code=$?; echo "files left: $(find "$1/sandbox/volumes" -type f | wc -l)" >&2; exit $code
            """;
        await using var process = BaasProcess.StartAs(
            "unshare", _folder.In("settings.json"), ["-rm", "sh", "-c", Script, "sh", _folder.In("data"), FabricBinaries.FolderOf(RealNetwork.Version)!, BaasProcess.Program, _folder.In("network.yaml")]);

        var result = await process.EndAsync();

        Assert.True(result.ExitCode == 1, $"{result}");
        Assert.Contains(Full, result.Error, StringComparison.Ordinal);
        Assert.Contains("(participation-refused)", result.Error, StringComparison.Ordinal);
        Assert.Contains("files left: 0", result.Error, StringComparison.Ordinal);
        Assert.Contains("everything was undone", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("left over", result.Error, StringComparison.Ordinal);
        Assert.Empty(new MachineState(_folder.In("data")).Programs);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<IPAddress> AddressAsync(SandboxHost host, string space, string service)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            var found = host.Cluster.Store.Get(new ObjectKey(ClusterKinds.Services, space, service));
            if ((string?)found?["status"]?["loadBalancer"]?["ingress"]?[0]?["ip"] is { } address)
            {
                return IPAddress.Parse(address);
            }

            await pace.WaitForNextTickAsync(limit.Token);
        }
    }
}
