namespace Baas.Core.Networks.Validation;

/// <summary>What validation has found.</summary>
/// <param name="Violations">What keeps the specification from being carried out.</param>
/// <param name="Warnings">What works and is likely to be regretted.</param>
public sealed record SpecReport(IReadOnlyList<Violation> Violations, IReadOnlyList<Violation> Warnings)
{
    /// <summary>Whether there are no violations; warnings do not count.</summary>
    public bool IsValid => Violations.Count == 0;
}
