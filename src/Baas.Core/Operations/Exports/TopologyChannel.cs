using Baas.Core.Networks;

namespace Baas.Core.Operations.Exports;

/// <summary>A channel in a topology.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Organizations">Its members.</param>
/// <param name="Chaincodes">What is committed on it.</param>
public sealed record TopologyChannel(ChannelName Name, IReadOnlyList<OrganizationName> Organizations, IReadOnlyList<TopologyChaincode> Chaincodes);
