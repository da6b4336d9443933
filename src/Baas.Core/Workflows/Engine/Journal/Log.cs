using Microsoft.Extensions.Logging;

namespace Baas.Core.Workflows.Engine.Journal;

/// <summary>What the engine says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "the workflow engine has resumed {Count} workflows from {Path}")]
    public static partial void Resumed(this ILogger logger, int count, string path);

    [LoggerMessage(2, LogLevel.Debug, "workflow {Workflow} {Instance} begins")]
    public static partial void WorkflowStarted(this ILogger logger, string workflow, string instance);

    [LoggerMessage(3, LogLevel.Information, "workflow {Workflow} {Instance} finished after {Duration}")]
    public static partial void WorkflowFinished(this ILogger logger, string workflow, string instance, TimeSpan duration);

    [LoggerMessage(4, LogLevel.Warning, "workflow {Workflow} {Instance} failed at step {Step} with {Code}: {Reason}; {Leftovers} things could not be undone")]
    public static partial void WorkflowFailed(this ILogger logger, string workflow, string instance, string step, string code, string reason, int leftovers);

    [LoggerMessage(5, LogLevel.Error, "workflow {Workflow} {Instance} broke with {Code}: {Reason}; nothing was undone")]
    public static partial void WorkflowBroken(this ILogger logger, string workflow, string instance, string code, string reason);

    [LoggerMessage(6, LogLevel.Information, "step {Step} {Subject} of {Instance} failed {Failures} times, again in {Delay}: {Code}: {Reason}")]
    public static partial void StepRetried(this ILogger logger, string step, string subject, string instance, int failures, TimeSpan delay, string code, string reason);

    [LoggerMessage(7, LogLevel.Warning, "step {Step} {Subject} of {Instance} failed for good after {Failures} attempts: {Code}: {Reason}")]
    public static partial void StepFailed(this ILogger logger, string step, string subject, string instance, int failures, string code, string reason);

    [LoggerMessage(8, LogLevel.Critical, "the workflow engine has stopped: {Reason}; what was begun goes on at the next start")]
    public static partial void EngineBroken(this ILogger logger, string reason, Exception cause);

    [LoggerMessage(9, LogLevel.Warning, "steps are still running after {Patience}; they are abandoned and run again at the next start")]
    public static partial void StepsAbandoned(this ILogger logger, TimeSpan patience);

    [LoggerMessage(10, LogLevel.Warning, "workflow {Instance} is set aside: a newer version has begun it, and this one does not know {Unknown}; it goes on when a version that does is started")]
    public static partial void SetAside(this ILogger logger, string instance, string unknown);
}
