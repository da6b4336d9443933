namespace Baas.Core.Networks.Policies;

/// <summary>One signature by a role of an organization.</summary>
/// <param name="MspId">The organization's MSP id.</param>
/// <param name="Role">The role that the signer needs.</param>
public sealed record PrincipalNode(MspId MspId, PolicyRole Role) : SignatureNode
{
    /// <inheritdoc/>
    public override IEnumerable<PrincipalNode> Principals() => [this];

    /// <inheritdoc/>
    public override string ToString() => $"'{MspId}.{Role.ToString().ToLowerInvariant()}'";
}
