namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>What one attempt of a step ended with, reduced to what may be recorded.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">One line, without a stack trace.</param>
/// <param name="IsTransient">Whether to try again.</param>
internal readonly record struct StepFault(string Code, string Message, bool IsTransient)
{
    /// <summary>The code of a failure that nobody raised on purpose.</summary>
    public const string InternalError = "internal-error";

    /// <summary>The code of an attempt that took too long.</summary>
    public const string TimedOut = "step-timeout";

    /// <summary>Reduces an exception. Only a <see cref="BaasException"/> can be transient.</summary>
    public static StepFault Of(Exception exception) => exception is BaasException known
        ? new(known.Code, known.Message, known.IsTransient)
        : new(InternalError, $"unexpected {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}", false);

    /// <summary>An attempt that was cancelled because it took too long.</summary>
    public static StepFault Timeout(string step, TimeSpan limit) =>
        new(TimedOut, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cannot finish step \"{step}\": an attempt took longer than {limit.TotalSeconds:0.###} s"), true);
}
