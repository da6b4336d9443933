using Baas.Core.Workflows.Engine;

namespace Baas.Bench.Journal;

/// <summary>A step that does nothing: what remains is the engine's own cost.</summary>
internal sealed class NoWork : IStep<NoWork.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => Task.FromResult(Nothing.Value);

    /// <summary>What the step needs.</summary>
    /// <param name="Number">Tells one from the next.</param>
    public sealed record Input(int Number) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => "nothing";
    }
}
