using Baas.Core.Networks;

namespace Baas.Core.Workflows.Renewals;

/// <summary>A node whose certificates are renewed.</summary>
/// <param name="Node">The node.</param>
/// <param name="Role">What it does.</param>
/// <param name="Fingerprint">The fingerprint of the certificates that are renewed.</param>
/// <param name="KeepsSigning">Whether its signing certificate stays: its version of Fabric would not be known by a renewed one.</param>
/// <param name="HasExpired">Whether its TLS certificate is not valid any more, so that nobody can ask it anything.</param>
public sealed record RenewedNode(NodeReference Node, NodeRole Role, string Fingerprint, bool KeepsSigning, bool HasExpired);
