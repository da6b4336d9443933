using System.CommandLine;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary><c>baas topology</c>: a picture of a network.</summary>
internal static class TopologyCommand
{
    public static Command Create()
    {
        var network = new Argument<string>("network") { Description = "The network's name" };
        var file = new Option<FileInfo?>("--out") { Description = "Write it to a file instead of stdout", HelpName = "FILE" };
        var command = new Command("topology", "Draws a network as an SVG picture.") { network, file };
        command.WithExamples("baas topology two-orgs --out two-orgs.svg");
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var text = await api.GetTextAsync($"/networks/{Uri.EscapeDataString(line.GetRequiredValue(network))}/topology.svg", "image/svg+xml", cancellationToken);
            await LocalFiles.WriteAsync(line.GetValue(file), text, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }
}
