namespace Baas.Cli.Api;

/// <summary>Something that could not be undone.</summary>
internal sealed record Leftover(string Step, string Subject, string Reason);
