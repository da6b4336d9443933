namespace Baas.Cli.Api;

/// <summary>One thing that is wrong with a document.</summary>
internal sealed record ApiViolation(string Path, string Code, string Message);
