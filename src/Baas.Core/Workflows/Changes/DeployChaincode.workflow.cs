using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>
/// Brings a chaincode to its channel: each member organization gets a server, a package and installs, and approves; then one
/// commit. Undone by <see cref="RemoveChaincode"/>.
/// </summary>
public sealed class DeployChaincode : IWorkflow<DeployChaincode.Input, ChangeResult>
{
    /// <inheritdoc/>
    public async Task<ChangeResult> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, change, nodes) = input;
        var chaincode = change.Chaincode;
        var orderers = NodeEndpoints.OrderersIn(nodes);
        var peers = NodeEndpoints.PeersOf(nodes, [.. change.Members.Select(member => member.Name)]);
        var servers = await Task.WhenAll(change.Members.Select(member => PrepareAsync(context, input, member, peers, orderers)));

        var firsts = NodeEndpoints.FirstOfEach(peers);
        IReadOnlyList<MspId> approvers = [.. change.Members.Select(member => member.MspId)];
        await Task.WhenAll(firsts.Select(peer =>
            context.UntilAsync(new ApprovalsComplete.Input(network, chaincode, approvers, peer), Patience.ForLedgers)));
        await context.ApplyAsync(new CommitChaincode.Input(network, chaincode, firsts, orderers));
        await Task.WhenAll(peers.Select(peer => context.UntilAsync(new ChaincodeCommitted.Input(network, chaincode, peer), Patience.ForLedgers)));
        return new ChangeResult(servers);
    }

    private static async Task<NodeEndpoint> PrepareAsync(
        IWorkflowContext context, Input input, OrganizationSpec member, IReadOnlyList<NodeEndpoint> peers, IReadOnlyList<NodeEndpoint> orderers)
    {
        var (network, change, _) = input;
        IReadOnlyList<NodeEndpoint> own = [.. peers.Where(peer => peer.Node.Organization == member.Name)];
        var (server, fingerprint) = await NodeAddresses.PrepareAsync(context, PlaceOf(network, change, member));
        var package = await context.ApplyAsync(new PackageChaincode.Input(network, change.Chaincode, server));

        // The server is told its package id, and the definition can be approved before the server is ready.
        await Task.WhenAll(
            ServeAsync(context, network, change, member, server, package.PackageId, fingerprint),
            ApproveAsync(context, network, change, package.PackageId, own, orderers));
        return server;
    }

    private static async Task ServeAsync(
        IWorkflowContext context, NetworkReference network, AddChaincode change, OrganizationSpec member, NodeEndpoint server, string packageId, string fingerprint)
    {
        await context.ApplyAsync(new ApplyChaincodeServer.Input(network, server, change.Chaincode.Image, packageId, member.Cluster, fingerprint));
        await context.UntilAsync(new NodeReady.Input(network, server.Node, member.Cluster), Patience.ForPods);
    }

    private static async Task ApproveAsync(
        IWorkflowContext context, NetworkReference network, AddChaincode change, string packageId, IReadOnlyList<NodeEndpoint> own, IReadOnlyList<NodeEndpoint> orderers)
    {
        await Task.WhenAll(own.Select(peer => context.ApplyAsync(new InstallChaincode.Input(network, change.Chaincode, packageId, peer))));
        await context.ApplyAsync(new ApproveChaincode.Input(network, change.Chaincode, packageId, own[0], orderers));
    }

    internal static NodePlace PlaceOf(NetworkReference network, AddChaincode change, OrganizationSpec member) =>
        new(
            network,
            NodeReference.Chaincode(member.Name, change.Chaincode.Channel, change.Chaincode.Name),
            NodeRole.Chaincode,
            member.MspId,
            member.Ca,
            member.Cluster,
            Exposure: null); // only the organization's own peers call it: the cluster's default reaches them

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Change">The chaincode.</param>
    /// <param name="Nodes">Where the network's nodes listen.</param>
    public sealed record Input(NetworkReference Network, AddChaincode Change, IReadOnlyList<NodeEndpoint> Nodes) : IWorkflowInput<ChangeResult>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
