using Baas.Core.Workflows.Engine;

namespace Baas.Bench.Journal;

/// <summary>So many steps, one after the other.</summary>
internal sealed class ManySteps : IWorkflow<ManySteps.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        for (var number = 0; number < input.Steps; number++)
        {
            await context.ApplyAsync(new NoWork.Input(number));
        }

        return Nothing.Value;
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Steps">How many steps.</param>
    public sealed record Input(int Steps) : IWorkflowInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => "nothing";
    }
}
