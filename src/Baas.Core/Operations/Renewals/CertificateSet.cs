using Baas.Core.Networks;

namespace Baas.Core.Operations.Renewals;

/// <summary>The certificates of one node or user: they are renewed together.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Node">The node; null for a user.</param>
/// <param name="Role">What the node does; null for a user.</param>
/// <param name="User">The user; null for a node.</param>
/// <param name="Fingerprint">Changes with the certificates.</param>
/// <param name="KeepsSigning">Whether the node's version of Fabric would not be known by a renewed signing certificate.</param>
/// <param name="Certificates">The signing certificate, where there is one, and then the TLS certificate.</param>
internal sealed record CertificateSet(
    OrganizationName Organization, NodeReference? Node, NodeRole? Role, string? User, string Fingerprint, bool KeepsSigning, IReadOnlyList<CertificateView> Certificates);
