using System.CommandLine;
using System.Text.Json.Nodes;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas plan</c>: what a specification would make or change.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var file = SpecificationFile.Option(required: true);
        var command = new Command("plan", "Shows what a specification would make or change, without touching anything.") { file };
        command.WithExamples("baas plan -f examples/two-orgs.yaml");
        command.SetAction((line, cancellationToken) => RunAsync(line, line.GetRequiredValue(file), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, FileInfo file, CancellationToken cancellationToken)
    {
        using var api = ConnectionOptions.Connect(line);
        var plan = await api.ChangeAsync<JsonObject>(HttpMethod.Post, "/networks?dryRun=true", SpecificationFile.Read(file), cancellationToken);
        Printer.Of(line).Print(plan, Draw);
        return ExitCode.Success;
    }

    private static void Draw(IAnsiConsole console, JsonObject plan)
    {
        var tree = new Tree($"[bold]{Markup.Escape((string?)plan["network"] ?? "")}[/]{((bool?)plan["isEmpty"] == true ? " [grey]nothing to do[/]" : "")}");
        foreach (var phase in Items(plan["phases"]))
        {
            var changes = Items(phase["changes"]).ToList();
            var sign = (bool?)phase["isRemoval"] == true ? "[red]-[/]" : "[green]+[/]";
            var node = tree.AddNode($"{Markup.Escape((string?)phase["name"] ?? "")} [grey]{changes.Count} side by side[/]");
            foreach (var change in changes)
            {
                node.AddNode($"{sign} {Markup.Escape((string?)change["summary"] ?? "")}");
            }
        }

        console.Write(tree);
        foreach (var warning in Items(plan["warnings"]))
        {
            console.MarkupLineInterpolated($"[yellow]warning[/] {(string?)warning["path"]}: {(string?)warning["message"]}");
        }
    }

    private static IEnumerable<JsonObject> Items(JsonNode? node) => node is JsonArray items ? items.OfType<JsonObject>() : [];
}
