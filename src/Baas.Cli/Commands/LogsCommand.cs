using System.CommandLine;
using System.Globalization;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary><c>baas logs</c>: what a node prints.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        var network = new Argument<string>("network") { Description = "The network's name" };
        var node = new Argument<string>("node") { Description = "The node and its organization, such as peer-1.org1; \"baas network get\" lists them" };
        var follow = new Option<bool>("--follow") { Description = "Go on with what it prints from now on, until it ends or Ctrl-C" };
        var tail = new Option<int?>("--tail") { Description = "How many lines to begin with [default: 200]", HelpName = "LINES" };
        var command = new Command("logs", "Shows what an orderer, a peer or the server of a chaincode prints.") { network, node, follow, tail };
        command.WithExamples("""
            baas logs two-orgs peer-1.org1
            baas logs two-orgs orderer-1.orderer --follow --tail 20
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var isFollowed = line.GetValue(follow);
            var path = PathOf(line.GetRequiredValue(network), line.GetRequiredValue(node), line.GetValue(tail), isFollowed);
            await foreach (var text in api.ReadLinesAsync(path, "text/plain", cancellationToken))
            {
                await Console.Out.WriteLineAsync(text.AsMemory(), cancellationToken);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string PathOf(string network, string node, int? tail, bool isFollowed)
    {
        var dot = node.LastIndexOf('.');
        if (dot <= 0 || dot == node.Length - 1)
        {
            throw new CliException(ExitCode.BadInput, $"cannot read the logs of \"{node}\": name node and organization, such as peer-1.org1");
        }

        string[] query = [.. tail is { } lines ? [string.Create(CultureInfo.InvariantCulture, $"tail={lines}")] : Array.Empty<string>(), .. isFollowed ? ["follow=true"] : Array.Empty<string>()];
        var (name, organization) = (Uri.EscapeDataString(node[..dot]), Uri.EscapeDataString(node[(dot + 1)..]));
        return $"/networks/{Uri.EscapeDataString(network)}/organizations/{organization}/nodes/{name}/logs{(query.Length > 0 ? "?" + string.Join('&', query) : "")}";
    }
}
