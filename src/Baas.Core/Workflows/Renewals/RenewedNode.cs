using Baas.Core.Networks;

namespace Baas.Core.Workflows.Renewals;

/// <summary>A node whose certificates are renewed.</summary>
/// <param name="Node">The node.</param>
/// <param name="Role">What it does.</param>
/// <param name="Fingerprint">The fingerprint of the certificates that are renewed.</param>
/// <param name="KeepsSigning">Whether its signing certificate stays: its version of Fabric would not be known by a renewed one.</param>
/// <param name="HasExpired">Whether one of its certificates is not valid any more: then it may answer nobody, or not start.</param>
public sealed record RenewedNode(NodeReference Node, NodeRole Role, string Fingerprint, bool KeepsSigning, bool HasExpired);
