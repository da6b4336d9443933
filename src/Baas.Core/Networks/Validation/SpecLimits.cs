namespace Baas.Core.Networks.Validation;

/// <summary>How large a network may be in this installation.</summary>
public sealed record SpecLimits
{
    /// <summary>The most organizations that run peers. The default is 16.</summary>
    public int Organizations { get; init; } = 16;

    /// <summary>The most orderers. The default is 7.</summary>
    public int Orderers { get; init; } = 7;

    /// <summary>The most peers of one organization. The default is 8.</summary>
    public int PeersPerOrganization { get; init; } = 8;

    /// <summary>The most channels. The default is 16.</summary>
    public int Channels { get; init; } = 16;

    /// <summary>The most chaincodes. The default is 32.</summary>
    public int Chaincodes { get; init; } = 32;
}
