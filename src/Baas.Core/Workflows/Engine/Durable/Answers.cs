using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>
/// Asks an engine and looks whether the answer belongs to the question. An engine hands recorded answers out by position; all workflows are one function to it
/// and all steps another, so it cannot see itself that the code has changed.
/// </summary>
internal static class Answers
{
    private const int LostAttempts = 5;

    /// <summary>One attempt of a step. One that its host has given up is not counted and comes again.</summary>
    /// <param name="runtime">The engine.</param>
    /// <param name="call">The attempt.</param>
    /// <param name="pause">Waits; gives false when the workflow was cancelled first.</param>
    /// <exception cref="CatalogException">The history has something else here (<c>history-mismatch</c>).</exception>
    public static async Task<StepOutcome> OfStepAsync(IDurableRuntime runtime, StepCall call, Func<TimeSpan, Task<bool>> pause)
    {
        for (var lost = 1; ; lost++)
        {
            var outcome = await runtime.RunStepAsync(call);
            Check(outcome.Call, call.Key);
            if (outcome is not { Code: StepOutcome.Lost, RetryAfter: { } delay })
            {
                return outcome;
            }

            if (lost == LostAttempts || !await pause(delay))
            {
                return lost == LostAttempts ? outcome with { RetryAfter = null } : outcome;
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

    private static void Check(string? recorded, string asked)
    {
        if (recorded is not null && recorded != asked)
        {
            throw new CatalogException(DurableWorkflow.HistoryMismatch, $"cannot go on: the history has \"{recorded}\" where the code asks for \"{asked}\"");
        }
    }
}
