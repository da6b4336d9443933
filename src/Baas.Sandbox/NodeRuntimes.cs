using Baas.Sandbox.Emulation;
using Baas.Sandbox.Pods;
using Baas.Sandbox.Processes;

namespace Baas.Sandbox;

/// <summary>Chooses what runs Fabric's nodes, and keeps to the choice: the two kinds cannot read each other's volumes.</summary>
internal static class NodeRuntimes
{
    private const string ChoiceFile = "nodes";

    /// <summary>The options with their runtimes; the choice is kept in the data folder.</summary>
    /// <exception cref="SandboxException">The folder was used with the other kind, or Fabric's programs are not there.</exception>
    public static async Task<SandboxOptions> ChooseAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        if (options.Runtimes.Count > 0)
        {
            return options;
        }

        var path = Path.Combine(options.DataFolder, ChoiceFile);
        SandboxNodes? former = File.Exists(path) && Enum.TryParse<SandboxNodes>(await File.ReadAllTextAsync(path, cancellationToken), out var known) ? known : null;
        var nodes = options.Nodes ?? former ?? SandboxNodes.Emulated;
        if (former is not null && former != nodes)
        {
            throw new SandboxException(
                "data-folder-of-other-nodes",
                $"cannot use data folder \"{options.DataFolder}\" with {Word(nodes)} nodes: it holds volumes of {Word(former.Value)} nodes; choose another folder, or delete this one");
        }

        var runtimes = nodes is SandboxNodes.Process ? await ProcessesAsync(options, cancellationToken) : new IContainerRuntime[] { new EmulatedRuntime(options.Clock) };
        await File.WriteAllTextAsync(path, nodes.ToString(), cancellationToken);
        return options with { Nodes = nodes, Runtimes = options.Programs.Count == 0 ? runtimes : [.. runtimes, new HostedRuntime(options.Programs)] };
    }

    private static async Task<IContainerRuntime[]> ProcessesAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var releases = await FabricReleases.FindAsync(options.FabricBin, options.FabricHome, cancellationToken);
        return [new ProcessRuntime(releases, new LocalImages([Path.Combine(options.DataFolder, LocalImages.FileName), .. options.ImageFiles]))];
    }

    private static string Word(SandboxNodes nodes) => nodes is SandboxNodes.Process ? "process" : "emulated";
}
