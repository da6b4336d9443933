namespace Baas.Core.Workflows.Engine;

/// <summary>All that a workflow may see. Every call is recorded, and answered from the record when the workflow runs again.</summary>
public interface IWorkflowContext
{
    /// <summary>The id that the starter gave.</summary>
    string InstanceId { get; }

    /// <summary>The time of the event that is being worked on; the same when run again.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Applies a step, with the retries that it declares.</summary>
    /// <exception cref="StepFailedException">The step failed for good, or the workflow was cancelled (code <c>canceled</c>).</exception>
    Task<TOutput> ApplyAsync<TOutput>(IStepInput<TOutput> input);

    /// <summary>Undoes a step, with retries. Works after a cancellation, too.</summary>
    /// <exception cref="StepFailedException">The step could not be undone.</exception>
    Task UndoAsync(IStepInput input);

    /// <summary>Runs another workflow as a child. After a cancellation only with <paramref name="compensating"/>, and then to its end.</summary>
    /// <exception cref="StepFailedException">A step of the child failed for good; it names that step.</exception>
    Task<TResult> RunAsync<TResult>(IWorkflowInput<TResult> input, bool compensating = false);

    /// <summary>Waits durably.</summary>
    /// <exception cref="StepFailedException">The workflow was cancelled (code <c>canceled</c>).</exception>
    Task DelayAsync(TimeSpan delay);

    /// <summary>Waits for an event that somebody raises. Events of one name are handed out in the order in which they came.</summary>
    /// <returns>The event, or null when <paramref name="timeout"/> passed first.</returns>
    /// <exception cref="StepFailedException">The workflow was cancelled (code <c>canceled</c>).</exception>
    Task<TEvent?> WaitForEventAsync<TEvent>(string name, TimeSpan timeout)
        where TEvent : class;

    /// <summary>Says what is going on, for people who watch.</summary>
    void Report(string message);
}
