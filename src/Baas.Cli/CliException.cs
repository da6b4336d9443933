namespace Baas.Cli;

/// <summary>Ends the program with one clear line.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="message">One line for a person.</param>
/// <param name="cause">What was caught, when there was something.</param>
internal sealed class CliException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>More lines, each printed below the message.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
