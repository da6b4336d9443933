using Baas.Core.Networks;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Health;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Rolling;

namespace Baas.Core.Workflows.Renewals;

/// <summary>A node that gets other certificates.</summary>
/// <param name="Network">The network.</param>
/// <param name="Operation">The operation that has prepared them.</param>
/// <param name="Node">The node.</param>
/// <param name="Cluster">The cluster that runs it.</param>
/// <param name="Rolled">An orderer or peer, with its ledgers; null for the server of a chaincode.</param>
/// <param name="Version">The version of Fabric that it runs; that stays.</param>
public sealed record CertificateChange(NetworkReference Network, OperationId Operation, NodeReference Node, ClusterName? Cluster, RolledNode? Rolled, FabricVersion Version)
{
    /// <summary>Makes the renewed or the former certificates those that count, restarts the node with them, and waits until it is ready.</summary>
    /// <param name="context">The workflow's context.</param>
    /// <param name="isNext">Whether it gets the renewed ones; otherwise the former ones.</param>
    /// <param name="limit">How long it may take until it is ready.</param>
    internal async Task ApplyAsync(IWorkflowContext context, bool isNext, TimeSpan limit)
    {
        await context.ApplyAsync(new UseIdentity.Input(Network, Operation, Node, isNext));
        if (Rolled is not null)
        {
            await NodeRolling.SetVersionAsync(context, Network, Rolled, Version, limit);
            return;
        }

        await context.ApplyAsync(new ReapplyObjects.Input(Network, Node.Organization, Node.Node));
        await context.UntilAsync(new NodeReady.Input(Network, Node, Cluster), Patience.ForPods with { Limit = limit });
    }
}
