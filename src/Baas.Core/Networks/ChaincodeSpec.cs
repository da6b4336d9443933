namespace Baas.Core.Networks;

/// <summary>A chaincode definition and the image that runs it as a service.</summary>
public sealed record ChaincodeSpec
{
    /// <summary>The chaincode's name, unique within its channel.</summary>
    public required ChaincodeName Name { get; init; }

    /// <summary>The channel on which it is committed.</summary>
    public required ChannelName Channel { get; init; }

    /// <summary>The version text. The default is <c>1.0</c>.</summary>
    public ChaincodeVersion Version { get; init; } = ChaincodeVersion.Parse("1.0");

    /// <summary>The definition's sequence: 1 at first, one more with each change. The default is 1.</summary>
    public int Sequence { get; init; } = 1;

    /// <summary>The image of the chaincode server.</summary>
    public required string Image { get; init; }

    /// <summary>Whether the chaincode's init has to be called first. The default is no.</summary>
    public bool InitRequired { get; init; }

    /// <summary>A signature or channel policy; the channel's Endorsement policy when absent.</summary>
    public string? EndorsementPolicy { get; init; }

    /// <summary>Private data collections; none by default.</summary>
    public IReadOnlyList<CollectionSpec> Collections { get; init; } = [];

    /// <summary>A transaction that proves that the chaincode works, at the end of the creation; none when absent. No part of the definition.</summary>
    public VerifySpec? Verify { get; init; }
}
