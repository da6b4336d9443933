namespace Baas.Core.Networks;

/// <summary>When the ordering service cuts a block.</summary>
public sealed record BatchSpec
{
    /// <summary>The longest wait for more transactions. The default is 2 s.</summary>
    public Duration Timeout { get; init; } = Duration.Parse("2s");

    /// <summary>The most transactions in a block. The default is 500.</summary>
    public int MaxMessages { get; init; } = 500;

    /// <summary>The most bytes of one block's transactions. The default is 10 MiB.</summary>
    public int AbsoluteMaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>The size at which a block is cut. The default is 2 MiB.</summary>
    public int PreferredMaxBytes { get; init; } = 2 * 1024 * 1024;
}
