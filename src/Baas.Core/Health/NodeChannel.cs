using Baas.Core.Networks;

namespace Baas.Core.Health;

/// <summary>How far a node is on one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Height">How many blocks it has; null when it could not be asked or is no member.</param>
/// <param name="Behind">How many blocks it is behind the highest node of the channel; null when that is not known.</param>
/// <param name="IsLeader">Whether it leads the channel; null for peers and when it does not tell.</param>
public sealed record NodeChannel(ChannelName Channel, ulong? Height, ulong? Behind, bool? IsLeader);
