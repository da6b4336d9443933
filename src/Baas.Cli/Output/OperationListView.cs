using System.Globalization;
using Baas.Cli.Api;
using Spectre.Console;

namespace Baas.Cli.Output;

/// <summary>Operations as a table.</summary>
internal static class OperationListView
{
    public static void Draw(IAnsiConsole console, IReadOnlyList<Operation> operations)
    {
        if (operations.Count == 0)
        {
            console.MarkupLine("[grey]no operations yet[/]");
            return;
        }

        var table = Printer.Table("ID", "OPERATION", "NETWORK", "STATE", "BEGUN", "TOOK");
        foreach (var operation in operations)
        {
            var took = operation.EndedAt - operation.CreatedAt;
            table.AddRow(
                Markup.Escape(operation.Id),
                Markup.Escape(Words.Of(operation.Kind)),
                Markup.Escape(operation.Network),
                State(operation.State),
                operation.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                took is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s") : "");
        }

        console.Write(table);
    }

    private static string State(string state) => state switch
    {
        "succeeded" => "[green]succeeded[/]",
        "failed" => "[red]failed[/]",
        _ => $"[yellow]{Markup.Escape(state)}[/]",
    };
}
