using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>
/// Asks an engine and looks whether the answer belongs to the question. An engine hands recorded answers out by position; all workflows are one function to it
/// and all steps another, so it cannot see itself that the code has changed.
/// </summary>
internal static class Answers
{
    private const int LostAttempts = 5;
    private const int UnknownAttempts = 60; // half an hour: no deployment takes longer

    /// <summary>One attempt of a step. One that its host has given up, or that came to an older host which does not know the step, is not counted and comes again.</summary>
    /// <param name="runtime">The engine.</param>
    /// <param name="call">The attempt.</param>
    /// <param name="pause">Waits for as long as an outcome that does not count says; gives false when the workflow was cancelled first.</param>
    /// <exception cref="CatalogException">The history has something else here (<c>history-mismatch</c>).</exception>
    public static async Task<StepOutcome> OfStepAsync(IDurableRuntime runtime, StepCall call, Func<StepOutcome, Task<bool>> pause)
    {
        Dictionary<string, int> uncounted = new(StringComparer.Ordinal);
        while (true)
        {
            var outcome = await runtime.RunStepAsync(call);
            Check(outcome.Call, call.Key);
            if (LimitOf(outcome.Code) is not { } limit || outcome.RetryAfter is null)
            {
                return outcome;
            }

            var times = uncounted[outcome.Code!] = uncounted.GetValueOrDefault(outcome.Code!) + 1; // a limit is that of a code
            if (times == limit)
            {
                return outcome with { RetryAfter = null };
            }

            if (!await pause(outcome))
            {
                return outcome;
            }
        }
    }

    /// <summary>A child workflow.</summary>
    /// <exception cref="CatalogException">The history has something else here (<c>history-mismatch</c>).</exception>
    public static async Task<WorkflowOutcome> OfChildAsync(IDurableRuntime runtime, string id, WorkflowCall call)
    {
        var outcome = await runtime.RunChildAsync(id, call);
        Check(outcome.Call, call.Key);
        return outcome;
    }

    private static int? LimitOf(string? code) => code switch
    {
        StepOutcome.Lost => LostAttempts,
        CatalogException.StepUnknown => UnknownAttempts,
        _ => null,
    };

    private static void Check(string? recorded, string asked)
    {
        if (recorded is not null && recorded != asked)
        {
            throw new CatalogException(DurableWorkflow.HistoryMismatch, $"cannot go on: the history has \"{recorded}\" where the code asks for \"{asked}\"");
        }
    }
}
