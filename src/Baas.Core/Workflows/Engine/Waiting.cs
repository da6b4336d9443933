namespace Baas.Core.Workflows.Engine;

/// <summary>Waiting is observation: look once, then wait durably, until the condition holds or the deadline passes.</summary>
public static class Waiting
{
    /// <summary>Observes until the condition holds, with durable timers in between.</summary>
    /// <returns>The observation that held.</returns>
    /// <exception cref="StepFailedException">The deadline passed (code <c>deadline-passed</c>), or the look itself failed.</exception>
    public static async Task<TObservation> UntilAsync<TObservation>(this IWorkflowContext context, IStepInput<TObservation> input, Patience patience)
        where TObservation : Observation
    {
        var began = context.UtcNow;
        for (var seen = await context.ApplyAsync(input); ; seen = await context.ApplyAsync(input))
        {
            if (seen.Holds)
            {
                return seen;
            }

            if (context.UtcNow - began >= patience.Limit)
            {
                throw new StepFailedException(StepName.Of(input), input.Subject, StepFailedException.DeadlinePassed, seen.Detail);
            }

            await context.DelayAsync(patience.WaitAfter(context.UtcNow - began));
        }
    }
}
