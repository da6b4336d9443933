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
        Add(tree, Looks.Fold(operation.Steps), operation.EndedAt is null, now);
        return tree;
    }

    private static void Add(IHasTreeNodes parent, IEnumerable<Step> steps, bool isRunning, DateTimeOffset now)
    {
        foreach (var step in steps)
        {
            var node = parent.AddNode(step.IsWaiting ? Waiting(step, isRunning, now) : Line(step, now));
            if (step.IsGroup && (step.IsRunning || step.HasFailed || IsPhase(step)))
            {
                Add(node, Visible(step), step.IsRunning, now);
            }
        }
    }

    // A phase shows its changes; a change that has ended well needs no more than its own line.
    private static bool IsPhase(Step step) => step.Name is "RunPhase" or "UndoPhase";

    private static IEnumerable<Step> Visible(Step group) =>
        Looks.Fold(group.Steps).Where(step => IsPhase(group) || step.IsRunning || step.IsWaiting || step.HasFailed || step.IsGroup);

    // When its group has ended, it was waited for in vain.
    private static string Waiting(Step step, bool isRunning, DateTimeOffset now)
    {
        var time = (isRunning ? now : step.EndedAt ?? now) - step.StartedAt;
        return $"{Mark(isRunning ? "running" : "failed")} {Title(step)} [grey]{Printer.Time(time)}[/] [{(isRunning ? "yellow" : "red")}]{Markup.Escape(step.Unmet ?? "")}[/]";
    }

    private static string Line(Step step, DateTimeOffset now)
    {
        var attempt = step.Attempt > 1 ? $" [yellow]attempt {step.Attempt}[/]" : "";
        var error = step.ErrorMessage is { } message && (step.HasFailed || step.IsRunning) ? $" [{(step.HasFailed ? "red" : "yellow")}]{Markup.Escape(message)}[/]" : "";
        var count = step.IsGroup && !IsPhase(step) && !step.IsRunning ? $" [grey]{Count(step)} steps[/]" : "";
        return $"{Mark(step.State)} {Title(step)} [grey]{Printer.Time((step.EndedAt ?? now) - step.StartedAt)}[/]{count}{attempt}{error}";
    }

    private static string Title(Step step) => $"{(step.Kind == "undo" ? "undo " : "")}{Markup.Escape(Words.Of(step.Name))} [aqua]{Markup.Escape(step.Subject)}[/]";

    private static int Count(Step group) => Looks.Fold(group.Steps).Sum(step => step.IsGroup ? Count(step) : 1);

    private static string Mark(string state) => state switch
    {
        "completed" or "succeeded" => "[green]✓[/]",
        "failed" => "[red]✗[/]",
        "canceled" => "[yellow]■[/]",
        _ => "[blue]●[/]",
    };
}
