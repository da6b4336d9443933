namespace Baas.Core.Workflows.Engine;

/// <summary>Why a workflow failed, and what is left of it.</summary>
/// <param name="Step">The step that failed.</param>
/// <param name="Subject">What it worked on.</param>
/// <param name="Code">The failure's stable code.</param>
/// <param name="Message">One line for a person.</param>
/// <param name="Leftovers">What could not be undone.</param>
public sealed record WorkflowFailure(string Step, string Subject, string Code, string Message, IReadOnlyList<Leftover> Leftovers)
{
    /// <summary>The code of a deletion that could not take everything away.</summary>
    public const string LeftoversCode = "leftovers";

    /// <summary>The same as data.</summary>
    public static WorkflowFailure Of(WorkflowFailedException failure) =>
        new(failure.Failure.Step, failure.Failure.Subject, failure.Code, failure.Message, failure.Leftovers);
}
