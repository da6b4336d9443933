using System.Diagnostics.CodeAnalysis;

namespace Baas.Core.Networks.Documents;

/// <summary>What came of reading a document: a specification, or everything that keeps it from being one.</summary>
/// <param name="Spec">The specification with its defaults; null when there are violations.</param>
/// <param name="Violations">All violations, in the order of the document; empty when there is a specification.</param>
public sealed record SpecReading(NetworkSpec? Spec, IReadOnlyList<Violation> Violations)
{
    /// <summary>Whether there is a specification.</summary>
    [MemberNotNullWhen(true, nameof(Spec))]
    public bool IsValid => Spec is not null;
}
