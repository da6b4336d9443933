namespace Baas.Core.Workflows.Engine;

/// <summary>A saga failed and has undone what it could.</summary>
/// <param name="failure">The step that failed.</param>
/// <param name="leftovers">What could not be undone; empty when all is as before, or when nothing was to be undone.</param>
public sealed class WorkflowFailedException(StepFailedException failure, IReadOnlyList<Leftover> leftovers)
    : BaasException(failure.Code, failure.Message, failure)
{
    /// <summary>The step that failed.</summary>
    public StepFailedException Failure { get; } = failure;

    /// <summary>What could not be undone.</summary>
    public IReadOnlyList<Leftover> Leftovers { get; } = leftovers;
}
