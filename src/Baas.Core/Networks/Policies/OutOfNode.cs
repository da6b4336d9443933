namespace Baas.Core.Networks.Policies;

/// <summary>A gate: so many of its parts. <c>OR</c> is one of them, <c>AND</c> all.</summary>
/// <param name="Count">How many parts are needed, at least 1.</param>
/// <param name="Rules">The parts, at least one.</param>
public sealed record OutOfNode(int Count, IReadOnlyList<SignatureNode> Rules) : SignatureNode
{
    /// <inheritdoc/>
    public override IEnumerable<PrincipalNode> Principals() => Rules.SelectMany(rule => rule.Principals());

    /// <inheritdoc/>
    public override string ToString()
    {
        var rules = string.Join(", ", Rules);
        if (Count == Rules.Count && Rules.Count > 1)
        {
            return $"AND({rules})";
        }

        return Count == 1 ? $"OR({rules})" : $"OutOf({Count}, {rules})";
    }

    /// <summary>Compares the parts, too.</summary>
    public bool Equals(OutOfNode? other) => other is not null && Count == other.Count && Rules.SequenceEqual(other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => Rules.Aggregate(Count, HashCode.Combine);
}
