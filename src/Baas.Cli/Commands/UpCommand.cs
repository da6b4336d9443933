using System.CommandLine;
using Baas.Cli.Output;

namespace Baas.Cli.Commands;

/// <summary><c>baas up</c>: service, sandbox and a network in one command.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var file = SpecificationFile.Option(required: false);
        file.Description = "The network's specification, YAML or JSON [default: examples/two-orgs.yaml]";
        var once = new Option<bool>("--once") { Description = "End when the network is ready instead of serving on" };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON on stdout" };
        var port = HostOptions.Port("The API's port [default: 7700; with --once any free one]");
        var data = HostOptions.Data();
        var nodes = HostOptions.Nodes();
        var command = new Command("up", "Starts the service and a sandbox cluster on this machine, makes a network, and serves until Ctrl-C. A second \"up\" finds what is there and goes on with it. The sandbox's Fabric nodes are emulated unless --nodes says otherwise.") { file, nodes, once, json, port, data };
        command.WithExamples("""
            baas up
            baas up -f examples/bft.yaml --data /tmp/bft
            baas up --nodes process --data /tmp/real
            baas up --once --json
            """);
        command.SetAction((line, cancellationToken) => Up.RunAsync(
            new UpOptions
            {
                Specification = line.GetValue(file) ?? Example(),
                Data = line.GetRequiredValue(data),
                Nodes = line.GetValue(nodes),
                Port = line.GetValue(port),
                Once = line.GetValue(once),
                Json = line.GetValue(json) || Printer.Of(line).Format == OutputFormat.Json,
            },
            cancellationToken));
        return command;
    }

    // From the working folder upwards, so that "up" works in any folder of a clone.
    private static FileInfo Example()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            var example = new FileInfo(Path.Combine(folder.FullName, "examples", "two-orgs.yaml"));
            if (example.Exists)
            {
                return example;
            }
        }

        throw new CliException(ExitCode.BadInput, "cannot find examples/two-orgs.yaml from this folder upwards: name a specification with -f FILE");
    }
}
