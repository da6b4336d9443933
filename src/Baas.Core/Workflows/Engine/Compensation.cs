namespace Baas.Core.Workflows.Engine;

/// <summary>Undoing that never throws: what cannot be undone is returned as leftovers.</summary>
public static class Compensation
{
    /// <summary>Undoes one step.</summary>
    public static async Task<IReadOnlyList<Leftover>> UndoAsync(IWorkflowContext context, IStepInput input)
    {
        try
        {
            await context.UndoAsync(input);
            return [];
        }
        catch (StepFailedException failure)
        {
            return [new Leftover(StepName.Of(input), input.Subject, failure.Message)];
        }
    }

    /// <summary>Undoes steps one after the other, in the order given, past those that fail.</summary>
    public static async Task<IReadOnlyList<Leftover>> UndoInOrderAsync(IWorkflowContext context, params IReadOnlyList<IStepInput> inputs)
    {
        List<Leftover> leftovers = [];
        foreach (var input in inputs)
        {
            leftovers.AddRange(await UndoAsync(context, input));
        }

        return leftovers;
    }

    /// <summary>Waits for something to be gone; what stays past the deadline is a leftover.</summary>
    public static async Task<IReadOnlyList<Leftover>> UntilGoneAsync(IWorkflowContext context, IStepInput<Observation> input, Patience patience)
    {
        try
        {
            await context.UntilAsync(input, patience);
            return [];
        }
        catch (StepFailedException failure)
        {
            return [new Leftover(StepName.Of(input), input.Subject, failure.Message)];
        }
    }
}
