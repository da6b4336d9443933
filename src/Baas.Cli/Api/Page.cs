namespace Baas.Cli.Api;

/// <summary>A part of a list.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Continuation);
