namespace Baas.Core.Workflows.Engine;

/// <summary>Something that was made and could not be undone.</summary>
/// <param name="Step">The step that made it.</param>
/// <param name="Subject">What it worked on.</param>
/// <param name="Reason">Why it is still there.</param>
public sealed record Leftover(string Step, string Subject, string Reason);
