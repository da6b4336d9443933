namespace Baas.Core.Workflows.Engine;

/// <summary>A step whose effect can be taken back.</summary>
/// <typeparam name="TInput">Its input, nested in the step's class.</typeparam>
/// <typeparam name="TOutput">Its output.</typeparam>
public interface IUndoableStep<in TInput, TOutput> : IStep<TInput, TOutput>
    where TInput : IStepInput<TOutput>
{
    /// <summary>Takes the effect back, half-made or whole; the absent counts as undone.</summary>
    Task UndoAsync(TInput input, CancellationToken cancellationToken);
}
