namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>One attempt of a step, the same for every engine. The border at which whatever a step throws becomes a fault.</summary>
internal sealed class StepAttempt(WorkflowCatalog catalog, IServiceProvider services, TimeProvider clock)
{
    private const string NoOutput = "null";

    /// <summary>Runs the attempt within the time that the step allows. Never throws.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="input">Its input as JSON.</param>
    /// <param name="isUndo">Whether it is undone.</param>
    /// <param name="stopping">Cancelled when the engine stops; what the attempt gives then counts for nothing.</param>
    /// <returns>The output as JSON, or the fault.</returns>
    public async Task<(string? Output, StepFault? Fault)> RunAsync(string name, string input, bool isUndo, CancellationToken stopping)
    {
        StepRegistration step;
        try
        {
            step = catalog.Step(name);
        }
        catch (CatalogException unknown)
        {
            return (null, StepFault.Of(unknown));
        }

        var limit = (isUndo ? step.UndoOptions : step.Options).Timeout;
        using var timeout = new CancellationTokenSource(limit, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        var attempt = isUndo ? UndoAsync(step, input, stop.Token) : step.ApplyAsync(services, input, stop.Token);

        // Whatever it throws is looked at, not caught: this is the one border behind which foreign code runs.
        await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return attempt switch
        {
            { IsCompletedSuccessfully: true } => (await attempt, null),
            _ when IsCancellation(attempt) && timeout.IsCancellationRequested => (null, StepFault.Timeout(step.Name, limit)),
            { Exception.InnerException: { } failure } => (null, StepFault.Of(failure)),
            _ => (null, StepFault.Of(new OperationCanceledException("the step cancelled itself"))),
        };
    }

    private static bool IsCancellation(Task attempt) => attempt.IsCanceled || attempt.Exception?.InnerException is OperationCanceledException;

    private async Task<string> UndoAsync(StepRegistration step, string input, CancellationToken cancellationToken)
    {
        await step.UndoAsync(services, input, cancellationToken);
        return NoOutput;
    }
}
