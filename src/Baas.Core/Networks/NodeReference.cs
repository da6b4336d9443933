namespace Baas.Core.Networks;

/// <summary>Names one node of a network.</summary>
/// <param name="Organization">The organization that runs it.</param>
/// <param name="Node">Its name within the organization.</param>
public sealed record NodeReference(OrganizationName Organization, NodeName Node)
{
    /// <summary>The n-th orderer, counted from 1.</summary>
    public static NodeReference Orderer(OrganizationName organization, int number) => new(organization, NodeName.Parse($"orderer-{number}"));

    /// <summary>The n-th peer, counted from 1.</summary>
    public static NodeReference Peer(OrganizationName organization, int number) => new(organization, NodeName.Parse($"peer-{number}"));

    /// <inheritdoc/>
    public override string ToString() => $"{Node}.{Organization}";
}
