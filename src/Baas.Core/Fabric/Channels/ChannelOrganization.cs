using Baas.Core.Networks;

namespace Baas.Core.Fabric.Channels;

/// <summary>An organization as a channel's configuration knows it.</summary>
internal sealed record ChannelOrganization
{
    /// <summary>Its MSP id.</summary>
    public required MspId MspId { get; init; }

    /// <summary>The name of its group in the configuration. The default is the MSP id.</summary>
    public string Group
    {
        get => field ?? MspId.Value;
        init;
    }

    /// <summary>Root certificates of the signing side, PEM, at least one.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Intermediate certificates of the signing side, PEM. The default is none.</summary>
    public IReadOnlyList<string> Intermediates { get; init; } = [];

    /// <summary>Root certificates of the TLS side, PEM, at least one.</summary>
    public required IReadOnlyList<string> TlsRoots { get; init; }

    /// <summary>Intermediate certificates of the TLS side, PEM. The default is none.</summary>
    public IReadOnlyList<string> TlsIntermediates { get; init; } = [];

    /// <summary>Revocation lists of the signing side, PEM. The default is none.</summary>
    public IReadOnlyList<string> RevocationLists { get; init; } = [];

    /// <summary>Where peers of other organizations find its peers; of no meaning for the orderers' organization. The default is none.</summary>
    public IReadOnlyList<ChannelAddress> AnchorPeers { get; init; } = [];
}
