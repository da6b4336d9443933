using System.Globalization;
using Baas.Cli.Api;

namespace Baas.Cli.Output;

/// <summary>Prints an operation as a plain log: one line when a step ends, fails or is tried again, and when it is waited for long.</summary>
internal sealed class OperationLog(Action<string> print)
{
    /// <summary>What takes less is not worth a line.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _printed = new(StringComparer.Ordinal);

    /// <summary>Prints what is new since the last call.</summary>
    public void Show(Operation operation) => Walk(operation, operation.Steps, "");

    private void Walk(Operation operation, IReadOnlyList<Step> steps, string path)
    {
        foreach (var step in Looks.Fold(steps))
        {
            // Not by its place: engines leave out what ended long ago.
            var key = string.Create(CultureInfo.InvariantCulture, $"{path}/{step.Kind} {step.Name} {step.Subject} {step.StartedAt:O}");
            Walk(operation, step.Steps, key);
            Tell(operation, step, key);
        }
    }

    private void Tell(Operation operation, Step step, string key)
    {
        if (step is { Unmet: { } unmet, EndedAt: { } seen })
        {
            if (seen - step.StartedAt >= Long && _printed.Add($"{key}: {unmet}"))
            {
                print($"{Since(operation, seen)}  waits   {Name(step)}: {unmet}");
            }
        }
        else if (step is { IsRunning: true, Attempt: > 1, ErrorMessage: { } cause } && _printed.Add($"{key}#{step.Attempt}"))
        {
            print($"{Since(operation, step.StartedAt)}  again   {Name(step)}: attempt {step.Attempt} after {cause}");
        }
        else if (step is { EndedAt: { } ended } && _printed.Add(key))
        {
            print($"{Since(operation, ended)}  {Outcome(step)}  {Name(step)} ({Printer.Time(ended - step.StartedAt)}){Cause(step)}");
        }
    }

    private static string Name(Step step) => $"{(step.Kind == "undo" ? "undo " : "")}{Words.Of(step.Name)} {step.Subject}";

    private static string Outcome(Step step) => step.HasFailed ? "failed" : "done  ";

    private static string Cause(Step step) => step is { HasFailed: true, ErrorMessage: { } message } ? $": {message}" : "";

    private static string Since(Operation operation, DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(time - operation.CreatedAt).TotalSeconds,8:0.000} s");
}
