using Baas.Core.Networks;

namespace Baas.Core.Operations.Exports;

/// <summary>An organization in a topology.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MspId">Its MSP id.</param>
/// <param name="IsOrdering">Whether it runs the orderers.</param>
/// <param name="Nodes">What it runs; only nodes that have an address by now.</param>
public sealed record TopologyOrganization(OrganizationName Name, MspId MspId, bool IsOrdering, IReadOnlyList<TopologyNode> Nodes);
