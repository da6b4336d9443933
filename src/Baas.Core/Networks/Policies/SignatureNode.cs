namespace Baas.Core.Networks.Policies;

/// <summary>A part of a signature policy: an <see cref="OutOfNode"/> or a <see cref="PrincipalNode"/>.</summary>
public abstract record SignatureNode
{
    /// <summary>The principals in it from left to right.</summary>
    public abstract IEnumerable<PrincipalNode> Principals();
}
