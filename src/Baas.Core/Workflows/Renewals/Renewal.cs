using Baas.Core.Networks;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Rolling;

namespace Baas.Core.Workflows.Renewals;

/// <summary>The nodes of one renewal, one after the other.</summary>
internal sealed class Renewal(
    IWorkflowContext context,
    RenewCertificates.Input input,
    (IReadOnlyList<RolledNode> Orderers, IReadOnlyList<RolledNode> Peers) all,
    IReadOnlyDictionary<string, FabricVersion> versions,
    IReadOnlyDictionary<NodeReference, string> serials)
{
    private readonly Dictionary<NodeReference, RenewedNode> _wanted = input.Nodes.Where(node => serials.ContainsKey(node.Node)).ToDictionary(node => node.Node);

    /// <summary>Renews all of them.</summary>
    /// <exception cref="WorkflowFailedException">A node did not come back; it was taken back.</exception>
    public async Task RunAsync()
    {
        await OrderersAsync();
        foreach (var peer in all.Peers.Where(IsWanted).OrderByDescending(HasExpired))
        {
            var others = all.Peers.Where(other => other != peer && other.Endpoint.Node.Organization == peer.Endpoint.Node.Organization);
            await RollAsync(peer, HasExpired(peer) ? [] : [.. others], FirstOf(all.Orderers));
        }

        if (all.Orderers.Any(node => IsWanted(node) && HasExpired(node)))
        {
            await DemandOrderersAsync(); // before, the peers may not have been able to endorse what shows whether they order
        }

        foreach (var server in input.Nodes.Where(node => node.Role == NodeRole.Chaincode && _wanted.ContainsKey(node.Node)))
        {
            await RenewAsync(server, null, [], null);
        }
    }

    // Who has expired may answer nobody, or not run at all: those come first, and wait for nobody. A restart cannot make it worse.
    private async Task OrderersAsync()
    {
        var expired = all.Orderers.Where(node => IsWanted(node) && HasExpired(node)).ToList();
        foreach (var node in expired)
        {
            await RollAsync(node, [], null);
        }

        if (expired.Count > 0)
        {
            await DemandOrderersAsync();
        }

        List<RolledNode> left = [.. all.Orderers.Where(node => IsWanted(node) && !expired.Contains(node))];
        if (left.Count == 0)
        {
            return;
        }

        while (left.Count > 0)
        {
            var node = await NextAsync(left);
            left.Remove(node);
            IReadOnlyList<RolledNode> others = [.. all.Orderers.Where(other => other != node)];
            await RollAsync(node, others, FirstOf(others));
        }

        await DemandOrderersAsync();
    }

    private Task DemandOrderersAsync() => NodeRolling.DemandOrderersAsync(context, input.Network, all.Orderers, all.Peers);

    private async Task<RolledNode> NextAsync(List<RolledNode> left)
    {
        if (left.Count == 1)
        {
            return left[0];
        }

        var chosen = await context.ApplyAsync(new ChooseOrderer.Input(input.Network, [.. left.Select(node => node.Endpoint.Node)], left[0].Cluster));
        return left.First(node => node.Endpoint.Node == chosen.Node);
    }

    private Task RollAsync(RolledNode node, IReadOnlyList<RolledNode> others, NodeEndpoint? witness) => RenewAsync(_wanted[node.Endpoint.Node], node, others, witness);

    private async Task RenewAsync(RenewedNode wanted, RolledNode? node, IReadOnlyList<RolledNode> others, NodeEndpoint? witness)
    {
        context.Report($"{wanted.Node} gets new certificates");
        var version = versions.GetValueOrDefault(wanted.Node.ToString(), input.Spec.FabricVersion);
        var change = new CertificateChange(input.Network, input.Operation, wanted.Node, input.Spec.ClusterOf(wanted.Node.Organization), node, version);
        var renew = new RenewNode.Input
        {
            Change = change,
            SerialNumber = serials[wanted.Node],
            Others = others,
            Peers = wanted.Role == NodeRole.Orderer ? all.Peers : [],
            Witness = witness,
            HasExpired = wanted.HasExpired,
            Limit = input.NodeLimit,
        };

        // Certificates that have expired are nothing to go back to.
        var onFailure = wanted.HasExpired ? OnFailure.Keep : OnFailure.Rollback;
        await Saga.RunAsync(context, onFailure, saga => saga.DoAsync(renew, new RevertCertificates.Input(change)));
    }

    private bool HasExpired(RolledNode node) => _wanted[node.Endpoint.Node].HasExpired;

    private bool IsWanted(RolledNode node) => _wanted.ContainsKey(node.Endpoint.Node);

    private static NodeEndpoint? FirstOf(IReadOnlyList<RolledNode> nodes) => nodes is [var first, ..] ? first.Endpoint : null;
}
