namespace Baas.Core.Workflows.Engine;

/// <summary>The output of a step that has none.</summary>
public sealed record Nothing
{
    /// <summary>The value.</summary>
    public static Nothing Value { get; } = new();
}
