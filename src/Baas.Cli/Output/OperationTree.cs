using Baas.Cli.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Baas.Cli.Output;

/// <summary>Draws an operation as a tree: what has ended well is folded into one line, what runs or has failed is unfolded.</summary>
internal static class OperationTree
{
    /// <summary>The picture at one moment.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="now">The time up to which running steps are counted.</param>
    public static IRenderable Draw(Operation operation, DateTimeOffset now)
    {
        var end = operation.EndedAt ?? now;
        var tree = new Tree($"{Mark(operation.State)} [bold]{Markup.Escape(Words.Of(operation.Kind))} {Markup.Escape(operation.Network)}[/] [grey]{Printer.Time(end - operation.CreatedAt)}[/]")
        {
            Guide = TreeGuide.Line,
        };
        Add(tree, operation.Steps, now);
        return tree;
    }

    private static void Add(IHasTreeNodes parent, IReadOnlyList<Step> steps, DateTimeOffset now)
    {
        foreach (var step in steps.Where(step => step.Kind != "delay"))
        {
            var node = parent.AddNode(Line(step, now));
            if (step.IsGroup && (step.IsRunning || step.HasFailed || IsPhase(step)))
            {
                Add(node, [.. Visible(step)], now);
            }
        }
    }

    // A phase shows its changes; a change that has ended well needs no more than its own line.
    private static bool IsPhase(Step step) => step.Name is "RunPhase" or "UndoPhase";

    private static IEnumerable<Step> Visible(Step group) =>
        IsPhase(group) ? group.Steps : group.Steps.Where(step => step.IsRunning || step.HasFailed || step.IsGroup);

    private static string Line(Step step, DateTimeOffset now)
    {
        var attempt = step.Attempt > 1 ? $" [yellow]attempt {step.Attempt}[/]" : "";
        var error = step.ErrorMessage is { } message && (step.HasFailed || step.IsRunning) ? $" [{(step.HasFailed ? "red" : "yellow")}]{Markup.Escape(message)}[/]" : "";
        var count = step.IsGroup && !IsPhase(step) && !step.IsRunning ? $" [grey]{Count(step)} steps[/]" : "";
        var name = Words.Of(step.Name);
        var undo = step.Kind == "undo" ? "undo " : "";
        return $"{Mark(step.State)} {undo}{Markup.Escape(name)} [aqua]{Markup.Escape(step.Subject)}[/] [grey]{Printer.Time((step.EndedAt ?? now) - step.StartedAt)}[/]{count}{attempt}{error}";
    }

    private static int Count(Step group) => group.Steps.Sum(step => step.IsGroup ? Count(step) : step.Kind == "delay" ? 0 : 1);

    private static string Mark(string state) => state switch
    {
        "completed" or "succeeded" => "[green]✓[/]",
        "failed" => "[red]✗[/]",
        "canceled" => "[yellow]■[/]",
        _ => "[blue]●[/]",
    };
}
