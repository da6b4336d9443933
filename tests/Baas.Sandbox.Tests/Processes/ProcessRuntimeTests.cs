using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Baas.Sandbox.Pods;
using Baas.Sandbox.Processes;
using Baas.Testing;
using Baas.Testing.Time;

namespace Baas.Sandbox.Tests.Processes;

/// <summary>With dummy programs in place of Fabric's: a shell that says what it got.</summary>
public sealed class ProcessRuntimeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TestFolder _folder = new();
    private readonly ConcurrentQueue<string> _log = [];

    [Fact]
    public async Task Start_Program_GetsPathsAndAddressesOfThisMachine()
    {
        await using var container = await StartAsync("echo \"$FILE $LISTEN\"; echo oops >&2; exit 3");

        Assert.Equal(3, await container.Exited.WaitAsync(Limit));
        Assert.Equal(["/host/tls/ca.crt 127.9.9.9:1", "oops"], _log.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_Environment_HoldsNothingOfThisProcess()
    {
        Environment.SetEnvironmentVariable("BAAS_TEST_SECRET", "secret");
        await using var container = await StartAsync("echo [$BAAS_TEST_SECRET]");

        await container.Exited.WaitAsync(Limit);
        Assert.Equal(["[]"], _log);
    }

    [Fact]
    public async Task Stop_ProgramThatObeys_EndsGracefully()
    {
        await using var container = await StartAsync("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        await Until.TrueAsync(() => _log.Contains("up"), Limit);

        await container.StopAsync(Limit);

        Assert.Equal(0, await container.Exited);
        Assert.Contains("bye", _log);
    }

    [Fact]
    public async Task Stop_ProgramThatDoesNot_IsKilledWithItsChildren()
    {
        await using var container = await StartAsync("trap '' TERM; sleep 600 & echo $!; wait; while :; do sleep 600; done");
        await Until.TrueAsync(() => !_log.IsEmpty, Limit);
        var child = int.Parse(_log.First(), System.Globalization.CultureInfo.InvariantCulture);

        await container.StopAsync(TimeSpan.FromMilliseconds(50)).WaitAsync(Limit);

        Assert.Equal(137, await container.Exited);
        await Until.TrueAsync(() => !IsAlive(child), Limit);
        Assert.False(File.Exists(Path.Combine(ContainerFolder, ProcessNote.FileName)));
    }

    [Fact]
    public async Task Leftovers_OfAKilledSandbox_AreEndedAndOthersAreNot()
    {
        await using var container = await StartAsync("sleep 600");
        using var stranger = Process.Start("sleep", ["600"]);
        var other = Path.Combine(_folder.Path, "pods", "uid2", "containers", "main");
        Directory.CreateDirectory(other);
        (ProcessNote.Of(stranger)! with { Started = DateTimeOffset.UtcNow.AddHours(-1) }).Write(other); // its number was somebody else's

        var count = await ProcessLeftovers.EndAsync(Path.Combine(_folder.Path, "pods"), CancellationToken.None);

        Assert.True(count >= 1);
        Assert.Equal(137, await container.Exited.WaitAsync(Limit));
        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Fact]
    public async Task Leftovers_WithANoteButNoMark_AreEnded()
    {
        using var process = Process.Start("sleep", ["600"]);
        Directory.CreateDirectory(ContainerFolder);
        ProcessNote.Of(process)!.Write(ContainerFolder);

        Assert.Equal(1, await ProcessLeftovers.EndAsync(Path.Combine(_folder.Path, "pods"), CancellationToken.None));
        Assert.True(process.WaitForExit(Limit));
    }

    [Fact]
    public void Refusal_OfImages_SaysWhatIsMissing()
    {
        var runtime = new ProcessRuntime([new FabricRelease("3.1.5", "/opt/bin")], new LocalImages([_folder.In("sandbox-images.json")]));

        Assert.True(runtime.CanRun(Launch("hyperledger/fabric-peer:3.1.5")));
        Assert.True(runtime.CanRun(Launch("hyperledger/fabric-orderer:3.1")));
        Assert.False(runtime.CanRun(Launch("hyperledger/fabric-peer:3.1.50")));
        Assert.Contains("has Fabric 3.1.5, not 2.5.16", runtime.Refusal(Launch("hyperledger/fabric-peer:2.5.16")), StringComparison.Ordinal);
        Assert.Contains("leveldb", runtime.Refusal(Launch("couchdb:3.4.2")), StringComparison.Ordinal);
        Assert.Contains("sandbox-images.json", runtime.Refusal(Launch("asset:1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProgramThatIsNotThere_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<SandboxException>(() => StartAsync(["no-such-program-here"]));

        Assert.Equal("program-not-started", failure.Code);
    }

    public void Dispose() => _folder.Dispose();

    private string ContainerFolder => Path.Combine(_folder.Path, "pods", "uid1", "containers", "main");

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private Task<IRunningContainer> StartAsync(string script) => StartAsync(["sh", "-c", script]);

    private Task<IRunningContainer> StartAsync(string[] command)
    {
        var file = _folder.In("sandbox-images.json");
        File.WriteAllText(file, System.Text.Json.JsonSerializer.Serialize(new { images = new Dictionary<string, object> { ["dummy:1"] = new { command } } }));
        return new ProcessRuntime([], new LocalImages([file])).StartAsync(Launch("dummy:1"), CancellationToken.None);
    }

    private ContainerLaunch Launch(string image) => new()
    {
        Namespace = "test",
        Pod = "dummy-0",
        Container = "main",
        Image = image,
        Command = [],
        Environment = new Dictionary<string, string> { ["FILE"] = "/etc/baas/tls/ca.crt", ["LISTEN"] = "0.0.0.0:1" },
        Mounts = [new ContainerMount("/etc/baas", "/host", true)],
        Folder = ContainerFolder,
        Address = IPAddress.Parse("127.9.9.9"),
        Resolve = _ => null,
        Log = _log.Enqueue,
    };
}
