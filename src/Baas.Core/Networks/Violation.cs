namespace Baas.Core.Networks;

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Path">Where, as a JSON path such as <c>$.organizations[1].peers</c>.</param>
/// <param name="Code">Stable kebab-case code, documented in docs/errors.md.</param>
/// <param name="Message">One line for a person.</param>
public sealed record Violation(string Path, string Code, string Message);
