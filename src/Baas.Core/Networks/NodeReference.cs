using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>
    /// The server of one chaincode of one organization. Chaincode names may hold capitals and underscores, which node names
    /// may not, and one name may stand on several channels: a hash of both keeps the node names apart.
    /// </summary>
    public static NodeReference Chaincode(OrganizationName organization, ChannelName channel, ChaincodeName chaincode)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{channel}/{chaincode}")))[..8];
        var readable = chaincode.Value.ToLower(CultureInfo.InvariantCulture).Replace('_', '-');
        return new(organization, NodeName.Parse($"cc-{readable[..Math.Min(24, readable.Length)].TrimEnd('-')}-{hash}"));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Node}.{Organization}";
}
