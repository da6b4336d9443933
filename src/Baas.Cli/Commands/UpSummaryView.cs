using Baas.Cli.Output;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary>Prints what <c>baas up</c> has come to.</summary>
internal static class UpSummaryView
{
    public static void Print(UpSummary summary, bool json) =>
        new Printer(json ? OutputFormat.Json : OutputFormat.Table).Print(summary, Draw);

    private static void Draw(IAnsiConsole console, UpSummary summary)
    {
        console.WriteLine();
        console.MarkupLineInterpolated(
            $"[green]{summary.Network} is {summary.State}[/]: {summary.Orderers} orderers, {summary.Organizations.Count} organizations with {summary.Peers} peers, channels {string.Join(", ", summary.Channels)}; {HostOptions.Kind(summary.IsEmulated)}");
        var times = string.Join(", ", summary.Phases.Select(phase => $"{phase.Name} {Printer.Time(TimeSpan.FromSeconds(phase.Seconds))}"));
        var made = summary.IsNew ? "made in" : "was made in";
        console.MarkupLineInterpolated($"{made} {Printer.Time(TimeSpan.FromSeconds(summary.CreateSeconds))} ({times})");
        console.WriteLine();
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn();
        Row(grid, "API", $"{summary.Server}api/v1, described at {summary.Server}openapi/v1.json");
        Row(grid, "API key", $"in {summary.ApiKeyFile}; commands here use it by themselves");
        Row(grid, "kubectl", $"kubectl --kubeconfig {summary.Kubeconfig} get pods -A");
        var organization = summary.Organizations.Count > 0 ? summary.Organizations[0] : "org1";
        Row(grid, "profile", $"baas profile {summary.Network} {organization} --out {organization}.yaml");
        Row(grid, "identity", $"baas identity {summary.Network} {organization} admin --out {organization}-admin");
        Row(grid, "picture", $"baas topology {summary.Network} --out {summary.Network}.svg");
        console.Write(grid);
        console.WriteLine();
    }

    private static void Row(Grid grid, string name, string value) => grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
}
