using Baas.Core.Networks;
using Baas.Core.Operations.Renewals;

namespace Baas.Functions.Http.Certificates;

/// <summary>What a renewal would do, as the API shows it.</summary>
public sealed record RenewalPlanResource
{
    /// <summary>The network.</summary>
    public required NetworkName Network { get; init; }

    /// <summary>The users whose certificates are renewed, such as <c>admin.org1</c>; nothing restarts for them.</summary>
    public required IReadOnlyList<string> Users { get; init; }

    /// <summary>The nodes that are restarted with new certificates, one after the other, such as <c>peer-1.org1</c>. Of orderers those that lead come last, whatever their place here.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Certificates that have little left and stay as they are, with the reason.</summary>
    public required IReadOnlyList<CertificateView> Kept { get; init; }

    internal static RenewalPlanResource Of(RenewalPlan plan) => new()
    {
        Network = plan.Network,
        Users = [.. plan.Users.Select(user => $"{user.User}.{user.Organization}")],
        Nodes = [.. plan.Nodes.Select(node => node.Node.ToString())],
        Kept = plan.Kept,
    };
}
