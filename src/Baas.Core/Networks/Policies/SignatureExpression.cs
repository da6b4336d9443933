namespace Baas.Core.Networks.Policies;

/// <summary>A policy that names who has to sign.</summary>
/// <param name="Rule">The outermost gate.</param>
public sealed record SignatureExpression(OutOfNode Rule) : PolicyExpression
{
    /// <summary>Every principal from left to right, repetitions included: the order in which Fabric numbers identities.</summary>
    public IEnumerable<PrincipalNode> Principals() => Rule.Principals();

    /// <inheritdoc/>
    public override string ToString() => Rule.ToString();
}
