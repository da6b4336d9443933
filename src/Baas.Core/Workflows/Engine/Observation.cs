namespace Baas.Core.Workflows.Engine;

/// <summary>What a step that only looks has seen.</summary>
/// <param name="Holds">Whether the awaited condition holds.</param>
/// <param name="Detail">What is there instead, for the error of a deadline.</param>
public record Observation(bool Holds, string Detail);
