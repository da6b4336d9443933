using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>A step with its types known.</summary>
internal sealed class StepRegistration<TStep, TInput, TOutput>() : StepRegistration(typeof(TStep))
    where TStep : class, IStep<TInput, TOutput>
    where TInput : IStepInput<TOutput>
{
    /// <inheritdoc/>
    public override StepOptions Options => TStep.Options;

    /// <inheritdoc/>
    public override StepOptions UndoOptions => StepOptions.Undo;

    /// <inheritdoc/>
    public override bool IsUndoable { get; } = typeof(IUndoableStep<TInput, TOutput>).IsAssignableFrom(typeof(TStep));

    /// <inheritdoc/>
    public override async Task<string> ApplyAsync(IServiceProvider services, string input, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var step = scope.ServiceProvider.GetRequiredService<TStep>();
        var output = await step.ApplyAsync(Read(input), cancellationToken);
        return DurableJson.Write(output, $"output of step \"{Name}\"");
    }

    /// <inheritdoc/>
    public override async Task UndoAsync(IServiceProvider services, string input, CancellationToken cancellationToken)
    {
        if (!IsUndoable)
        {
            return;
        }

        await using var scope = services.CreateAsyncScope();
        var step = (IUndoableStep<TInput, TOutput>)scope.ServiceProvider.GetRequiredService<TStep>();
        await step.UndoAsync(Read(input), cancellationToken);
    }

    private TInput Read(string input) => DurableJson.Read<TInput>(input, $"input of step \"{Name}\"");
}
