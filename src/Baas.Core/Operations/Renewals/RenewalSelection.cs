using Baas.Core.Networks;

namespace Baas.Core.Operations.Renewals;

/// <summary>What a renewal is asked for.</summary>
/// <param name="Organization">Only the nodes and users of this organization; null for all.</param>
/// <param name="Node">Only this node of the organization; null for all nodes and users.</param>
/// <param name="All">Whether what is not due is renewed, too.</param>
public sealed record RenewalSelection(OrganizationName? Organization, NodeName? Node, bool All);
