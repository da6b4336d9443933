using Baas.Core.Networks;

namespace Baas.Core.Operations.Transactions;

/// <summary>The channel that a request is about, and for whom.</summary>
/// <param name="Network">The network.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Organization">The organization as whose client user Baas asks; null: the channel's first member.</param>
public sealed record TransactionTarget(NetworkReference Network, ChannelName Channel, OrganizationName? Organization);
