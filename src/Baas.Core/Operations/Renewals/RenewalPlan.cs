using Baas.Core.Networks;
using Baas.Core.Workflows.Renewals;

namespace Baas.Core.Operations.Renewals;

/// <summary>What a renewal would do.</summary>
/// <param name="Network">The network.</param>
/// <param name="Users">The users whose certificates are renewed; nothing restarts for them.</param>
/// <param name="Nodes">The nodes that are restarted with new certificates, one after the other. Of orderers those that lead come last, whatever their place here.</param>
/// <param name="Kept">Certificates that have little left and stay as they are, with the reason.</param>
public sealed record RenewalPlan(NetworkName Network, IReadOnlyList<RenewedUser> Users, IReadOnlyList<RenewedNode> Nodes, IReadOnlyList<CertificateView> Kept)
{
    /// <summary>Whether there is nothing to renew.</summary>
    public bool IsEmpty => Users.Count == 0 && Nodes.Count == 0;
}
