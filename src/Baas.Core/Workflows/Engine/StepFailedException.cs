namespace Baas.Core.Workflows.Engine;

/// <summary>A step, or a wait, of a workflow failed for good.</summary>
/// <param name="step">The step's name.</param>
/// <param name="subject">What it worked on.</param>
/// <param name="code">The code of the failure that the step raised.</param>
/// <param name="message">Its message.</param>
public sealed class StepFailedException(string step, string subject, string code, string message) : BaasException(code, message)
{
    /// <summary>The code of a failure that is a cancellation.</summary>
    public const string Canceled = "canceled";

    /// <summary>The code of a wait whose deadline passed.</summary>
    public const string DeadlinePassed = "deadline-passed";

    /// <summary>The step's name.</summary>
    public string Step { get; } = step;

    /// <summary>What it worked on.</summary>
    public string Subject { get; } = subject;
}
