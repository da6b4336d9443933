using System.Diagnostics;
using System.Net.Sockets;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Processes;

/// <summary>Runs containers as programs of this machine: Fabric's own nodes, and chaincodes that are mapped to a program.</summary>
/// <param name="releases">The releases of Fabric that are there.</param>
/// <param name="images">The programs of other images.</param>
internal sealed class ProcessRuntime(IReadOnlyList<FabricRelease> releases, LocalImages images) : IContainerRuntime
{
    /// <inheritdoc/>
    public bool IsEmulated => false;

    /// <inheritdoc/>
    public bool CanRun(ContainerLaunch launch) => ProgramOf(launch).Program is not null;

    /// <inheritdoc/>
    public string? Refusal(ContainerLaunch launch) => ProgramOf(launch).Refusal;

    /// <inheritdoc/>
    public Task<IRunningContainer> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (found, refusal) = ProgramOf(launch);
        var program = found ?? throw new SandboxException("image-not-runnable", $"cannot run image \"{launch.Image}\": {refusal}");
        DemandPorts(launch);
        var folder = new ProgramFolder(launch, program.Builder);
        folder.Make(program.Defaults);
        var start = new ProcessStartInfo(program.File, [.. program.Arguments, .. launch.Command.Select(folder.Argument)]) { WorkingDirectory = program.WorkingFolder ?? launch.Folder };
        start.Environment.Clear();
        foreach (var (name, value) in program.Environment.Concat(folder.Environment()))
        {
            start.Environment[name] = value;
        }

        return Task.FromResult<IRunningContainer>(ProcessContainer.Start(start, launch.Folder, launch.Log));
    }

    // Fabric's nodes answer probes before they listen: one whose port is taken would look ready for a moment, and another program would answer for it.
    private static void DemandPorts(ContainerLaunch launch)
    {
        foreach (var port in launch.Ports)
        {
            using var probe = new TcpListener(launch.Address, port);
            try
            {
                probe.Start();
            }
            catch (SocketException failure)
            {
                throw new SandboxException("port-taken", $"cannot listen at {launch.Address}:{port}: {failure.Message}", failure);
            }
        }
    }

    private (LocalProgram? Program, string? Refusal) ProgramOf(ContainerLaunch launch)
    {
        var image = ContainerImage.Of(launch);
        return image.Kind switch
        {
            ImageKind.Orderer => OfFabric(image, "orderer", []),
            ImageKind.Peer => OfFabric(image, "peer", ["node", "start"]),
            ImageKind.CouchDb when OfOther(launch.Image) is { Program: null, Refusal: { } refusal } =>
                (null, $"CouchDB runs as a process only where the machine has it: {refusal}; or give the organizations \"stateDatabase: leveldb\""),
            _ => OfOther(launch.Image),
        };
    }

    private (LocalProgram? Program, string? Refusal) OfFabric(ContainerImage image, string name, IReadOnlyList<string> arguments)
    {
        var release = releases.LastOrDefault(known => known.Is(image.Version));
        return release is null
            ? (null, $"this machine has Fabric {string.Join(", ", releases.Select(known => known.Version))}, not {image.Version}: set BAAS_FABRIC_HOME to a folder that has it as {image.Version}/bin, or another fabricVersion in the specification")
            : (new LocalProgram(Path.Combine(release.Programs, name), arguments) { Defaults = release.Defaults, Builder = release.Builder }, null);
    }

    private (LocalProgram? Program, string? Refusal) OfOther(string image)
    {
        var (found, refusal) = images.Find(image);
        if (found is null)
        {
            return (null, refusal);
        }

        var file = found.Command[0].Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(found.Command[0], found.WorkingFolder) : found.Command[0];
        return (new LocalProgram(file, [.. found.Command.Skip(1)]) { WorkingFolder = found.WorkingFolder, Environment = found.Environment }, null);
    }
}
