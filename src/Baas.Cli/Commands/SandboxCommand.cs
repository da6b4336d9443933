using System.CommandLine;
using Baas.Cli.Output;
using Baas.Sandbox;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas sandbox</c>: the sandbox cluster alone.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var data = HostOptions.Data();
        var port = HostOptions.Port("The Kubernetes API's port [default: that of the last run, or any free one]");
        var nodes = HostOptions.Nodes();
        var command = new Command("sandbox", "Runs the sandbox cluster alone: a Kubernetes API for kubectl and for \"baas serve\", with emulated Fabric nodes or Fabric's own.") { data, port, nodes };
        command.WithExamples("""
            baas sandbox --data /tmp/sandbox
            baas sandbox --nodes process
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            var options = HostOptions.Sandbox(line.GetRequiredValue(data), line.GetValue(nodes), null) with { ApiPort = line.GetValue(port) ?? 0 };
            await using var sandbox = await SandboxCluster.StartAsync(options, cancellationToken);
            Printer.Messages.MarkupLineInterpolated($"sandbox cluster with {HostOptions.Kind(sandbox.IsEmulated)}: [bold]kubectl --kubeconfig {sandbox.KubeconfigPath} get nodes[/]; Ctrl-C ends it");
            await Shutdown.WaitAsync(new TaskCompletionSource().Task, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }
}
