using Baas.Cli.Api;
using Spectre.Console;

namespace Baas.Cli.Output;

/// <summary>Says how an operation ended, and what to do when it ended badly.</summary>
internal static class OperationSummary
{
    /// <summary>Explains a failed operation on stderr.</summary>
    /// <returns>The program's exit code.</returns>
    public static int Explain(Operation operation)
    {
        if (operation.HasSucceeded)
        {
            return ExitCode.Success;
        }

        var console = Printer.Messages;
        if (operation.Failure is { } failure)
        {
            console.MarkupLineInterpolated($"[red]{Words.Of(operation.Kind)} {operation.Network} {operation.State}[/] at {Words.Of(failure.Step)} {failure.Subject}: {failure.Message} ({failure.Code})");
            foreach (var leftover in failure.Leftovers)
            {
                console.MarkupLineInterpolated($"  left over: {Words.Of(leftover.Step)} {leftover.Subject}: {leftover.Reason}");
            }
        }
        else
        {
            console.MarkupLineInterpolated($"[red]{Words.Of(operation.Kind)} {operation.Network} {operation.State}[/]");
        }

        console.MarkupLineInterpolated(NextOf(operation));
        return ExitCode.OperationFailed;
    }

    // A creation that was undone has left nothing to try again with; what failed beside a network that works is no reason to delete it.
    private static FormattableString NextOf(Operation operation) => operation switch
    {
        { Kind: "createNetwork", OnFailure: "rollback", Failure.Leftovers.Count: 0 } => $"everything was undone; when the cause is gone: [bold]baas network create[/]",
        { Kind: "createNetwork" or "deleteNetwork" } => $"again: [bold]baas operation retry {operation.Id}[/]   away with it: [bold]baas network delete {operation.Network}[/]",
        _ => $"again: [bold]baas operation retry {operation.Id}[/]",
    };

    /// <summary>How long each phase took.</summary>
    public static IReadOnlyList<PhaseTime> Phases(Operation operation) =>
        [.. operation.Steps.Where(step => step is { Name: "RunPhase" or "UndoPhase", EndedAt: not null })
            .Select(step => new PhaseTime(step.Subject, Math.Round((step.EndedAt!.Value - step.StartedAt).TotalSeconds, 3)))]; // the filter has seen its end
}
