namespace Baas.Core.Networks;

/// <summary>How far a node's ledger of a channel is.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Height">How many blocks it has.</param>
/// <param name="Hash">The hash of the newest block's header, lower-case hexadecimal.</param>
public sealed record LedgerHeight(ChannelName Channel, long Height, string Hash);
