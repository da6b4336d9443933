namespace Baas.Core.Workflows.Engine;

/// <summary>Runs steps and child workflows and, when one fails, undoes every started one, newest first.</summary>
public sealed class Saga
{
    private readonly IWorkflowContext _context;
    private readonly Stack<Func<Task<IReadOnlyList<Leftover>>>> _undos = new();

    private Saga(IWorkflowContext context) => _context = context;

    /// <summary>Runs <paramref name="body"/>; a failed step undoes what it and its predecessors started.</summary>
    /// <param name="context">The workflow's context.</param>
    /// <param name="onFailure">Whether a failure undoes or keeps what is there.</param>
    /// <param name="body">The steps.</param>
    /// <exception cref="WorkflowFailedException">A step failed. Carries what could not be undone.</exception>
    public static async Task<TResult> RunAsync<TResult>(IWorkflowContext context, OnFailure onFailure, Func<Saga, Task<TResult>> body)
    {
        var saga = new Saga(context);
        try
        {
            return await body(saga);
        }
        catch (StepFailedException failure) // this type only: the engine's own signals have to pass
        {
            throw new WorkflowFailedException(failure, onFailure == OnFailure.Keep ? [] : await saga.UndoAsync());
        }
    }

    /// <summary>Applies a step and remembers to undo it.</summary>
    public Task<TOutput> DoAsync<TOutput>(IStepInput<TOutput> input)
    {
        // Before the call: a step that failed half-way has left something behind, too.
        _undos.Push(() => Compensation.UndoAsync(_context, input));
        return _context.ApplyAsync(input);
    }

    /// <summary>Runs a child workflow and remembers the workflow that undoes it, half-made or whole.</summary>
    public Task<TResult> DoAsync<TResult>(IWorkflowInput<TResult> input, IWorkflowInput<IReadOnlyList<Leftover>> undo)
    {
        _undos.Push(() => _context.RunAsync(undo, compensating: true));
        return _context.RunAsync(input);
    }

    private async Task<IReadOnlyList<Leftover>> UndoAsync()
    {
        List<Leftover> leftovers = [];
        while (_undos.TryPop(out var undo))
        {
            leftovers.AddRange(await undo());
        }

        return leftovers;
    }
}
