using Baas.Cli.Api;

namespace Baas.Cli.Output;

/// <summary>Prints an operation as a plain log: one line when a step ends, fails or is tried again.</summary>
internal sealed class OperationLog(Action<string> print)
{
    private readonly HashSet<string> _printed = new(StringComparer.Ordinal);

    /// <summary>Prints what is new since the last call.</summary>
    public void Show(Operation operation)
    {
        Walk(operation, operation.Steps, "");
    }

    private void Walk(Operation operation, IReadOnlyList<Step> steps, string path)
    {
        for (var index = 0; index < steps.Count; index++)
        {
            var step = steps[index];
            var key = $"{path}/{index}";
            Walk(operation, step.Steps, key);
            if (step.Kind == "delay")
            {
                continue;
            }

            if (step is { IsRunning: true, Attempt: > 1, ErrorMessage: { } cause } && _printed.Add($"{key}#{step.Attempt}"))
            {
                print($"{Since(operation, step.StartedAt)}  again   {Name(step)}: attempt {step.Attempt} after {cause}");
            }

            if (!step.IsRunning && _printed.Add(key))
            {
                print($"{Since(operation, step.EndedAt!.Value)}  {Outcome(step)}  {Name(step)} ({Printer.Time(step.EndedAt.Value - step.StartedAt)}){Cause(step)}"); // it has ended
            }
        }
    }

    private static string Name(Step step) => $"{(step.Kind == "undo" ? "undo " : "")}{Words.Of(step.Name)} {step.Subject}";

    private static string Outcome(Step step) => step.HasFailed ? "failed" : "done  ";

    private static string Cause(Step step) => step is { HasFailed: true, ErrorMessage: { } message } ? $": {message}" : "";

    private static string Since(Operation operation, DateTimeOffset time) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(time - operation.CreatedAt).TotalSeconds,8:0.000} s");
}
