using System.Text.Json.Nodes;
using Baas.Cli.Api;
using Spectre.Console;

namespace Baas.Cli.Output;

/// <summary>Draws networks for people.</summary>
internal static class NetworkView
{
    /// <summary>A list of networks.</summary>
    public static void DrawList(IAnsiConsole console, IReadOnlyList<Network> networks)
    {
        if (networks.Count == 0)
        {
            console.MarkupLine("[grey]no networks; make one: baas network create -f examples/two-orgs.yaml[/]");
            return;
        }

        var table = Printer.Table("NAME", "STATE", "FABRIC", "CREATED", "OPERATION");
        foreach (var network in networks)
        {
            table.AddRow(
                Markup.Escape(network.Name),
                State(network.State),
                Markup.Escape(network.FabricVersion),
                network.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                Markup.Escape(network.ActiveOperation ?? ""));
        }

        console.Write(table);
    }

    /// <summary>One network with its nodes and channels.</summary>
    public static void Draw(IAnsiConsole console, Network network, JsonObject topology)
    {
        var tree = new Tree($"[bold]{Markup.Escape(network.Name)}[/] {State(network.State)} [grey]Fabric {Markup.Escape(network.FabricVersion)}, {Markup.Escape((string?)topology["consensus"] ?? "")}[/]");
        foreach (var organization in Items(topology["organizations"]))
        {
            var node = tree.AddNode($"{Text(organization, "name")} [grey]{Text(organization, "mspId")}[/]");
            foreach (var member in Items(organization["nodes"]))
            {
                node.AddNode($"{Text(member, "name")} [grey]{Text(member, "role")}[/] {Text(member, "address")}");
            }
        }

        foreach (var channel in Items(topology["channels"]))
        {
            var members = string.Join(", ", (channel["organizations"] as JsonArray ?? []).Select(member => (string?)member));
            var node = tree.AddNode($"[aqua]#{Text(channel, "name")}[/] [grey]{Markup.Escape(members)}[/]");
            foreach (var chaincode in Items(channel["chaincodes"]))
            {
                node.AddNode($"{Text(chaincode, "name")} {Text(chaincode, "version")} [grey]sequence {Text(chaincode, "sequence")}[/]");
            }
        }

        console.Write(tree);
        foreach (var leftover in network.Leftovers)
        {
            console.MarkupLineInterpolated($"[yellow]left over[/] {Words.Of(leftover.Step)} {leftover.Subject}: {leftover.Reason}");
        }
    }

    private static string State(string state) => state switch
    {
        "ready" => "[green]ready[/]",
        "failed" => "[red]failed[/]",
        _ => $"[blue]{Markup.Escape(state)}[/]",
    };

    private static string Text(JsonObject item, string property) => Markup.Escape(item[property]?.ToString() ?? "");

    private static IEnumerable<JsonObject> Items(JsonNode? node) => node is JsonArray items ? items.OfType<JsonObject>() : [];
}
