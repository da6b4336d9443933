namespace Baas.Cli.Api;

/// <summary>Why an operation failed.</summary>
internal sealed record Failure(string Step, string Subject, string Code, string Message, IReadOnlyList<Leftover> Leftovers);
