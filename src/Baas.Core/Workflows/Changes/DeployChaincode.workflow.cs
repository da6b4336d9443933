using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Steps.Channels;
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
        var servers = await Task.WhenAll(change.Members.Select(member => PrepareAsync(context, input, member)));

        // The definition can be approved before the servers are ready. It is committed when they are: that cannot be taken back.
        await Task.WhenAll(
        [
            .. servers.Select((server, index) => ServeAsync(context, input, change.Members[index], server)),
            AgreeAsync(context, input, servers, peers, orderers),
        ]);
        await context.ApplyAsync(new CommitChaincode.Input(network, chaincode, NodeEndpoints.FirstOfEach(peers), orderers));
        await Task.WhenAll(peers.Select(peer => context.UntilAsync(new ChaincodeCommitted.Input(network, chaincode, peer), Patience.ForLedgers)));
        return new ChangeResult([.. servers.Select(server => server.Endpoint)]);
    }

    private static async Task<Server> PrepareAsync(IWorkflowContext context, Input input, OrganizationSpec member)
    {
        var (network, change, _) = input;
        var (endpoint, fingerprint) = await NodeAddresses.PrepareAsync(context, PlaceOf(network, change, member));
        var package = await context.ApplyAsync(new PackageChaincode.Input(network, change.Chaincode, endpoint));
        return new Server(endpoint, fingerprint, package.PackageId);
    }

    private static async Task ServeAsync(IWorkflowContext context, Input input, OrganizationSpec member, Server server)
    {
        var (network, change, _) = input;
        await context.ApplyAsync(new ApplyChaincodeServer.Input(network, server.Endpoint, change.Chaincode.Image, server.PackageId, member.Cluster, server.Fingerprint));
        await context.UntilAsync(new NodeReady.Input(network, server.Endpoint.Node, member.Cluster), Patience.ForPods);
    }

    // Installations need the peers alone, approvals need orderers that know a leader.
    private static async Task AgreeAsync(
        IWorkflowContext context, Input input, IReadOnlyList<Server> servers, IReadOnlyList<NodeEndpoint> peers, IReadOnlyList<NodeEndpoint> orderers)
    {
        var (network, change, _) = input;
        var chaincode = change.Chaincode;
        await Task.WhenAll(
        [
            .. peers.Select(peer => context.ApplyAsync(new InstallChaincode.Input(network, chaincode, PackageOf(servers, peer), peer))),
            .. orderers.Select(orderer => context.UntilAsync(new OrdererActive.Input(network, chaincode.Channel, orderer), Patience.ForLedgers)),
        ]);

        var firsts = NodeEndpoints.FirstOfEach(peers);
        IReadOnlyList<MspId> approvers = [.. change.Members.Select(member => member.MspId)];
        await Task.WhenAll(firsts.Select(peer => context.ApplyAsync(new ApproveChaincode.Input(network, chaincode, PackageOf(servers, peer), peer, orderers))));
        await Task.WhenAll(firsts.Select(peer =>
            context.UntilAsync(new ApprovalsComplete.Input(network, chaincode, approvers, peer), Patience.ForLedgers)));
    }

    private static string PackageOf(IReadOnlyList<Server> servers, NodeEndpoint peer) =>
        servers.First(server => server.Endpoint.Node.Organization == peer.Node.Organization).PackageId;

    internal static NodePlace PlaceOf(NetworkReference network, AddChaincode change, OrganizationSpec member) =>
        new(
            network,
            NodeReference.Chaincode(member.Name, change.Chaincode.Channel, change.Chaincode.Name),
            NodeRole.Chaincode,
            member.MspId,
            member.Ca,
            member.Cluster,
            Exposure: null); // only the organization's own peers call it: the cluster's default reaches them

    private sealed record Server(NodeEndpoint Endpoint, string Fingerprint, string PackageId);

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
