using System.Runtime.CompilerServices;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations.Logs;

/// <summary>Shows what a network's nodes print, whatever the network's state: a node that does not start is asked about most.</summary>
internal sealed class NodeLogs(RecordStore records, ArtifactStore artifacts, KubernetesClusters clusters)
{
    /// <summary>The lines that are shown when the caller asks for no number.</summary>
    public const int DefaultTail = 200;

    /// <summary>The most lines that one request begins with.</summary>
    public const int MaxTail = 10_000;

    private const int BadRequest = 400;
    private const int NotFound = 404;

    /// <summary>The last lines of a node.</summary>
    /// <param name="network">The network.</param>
    /// <param name="node">The node: an orderer, a peer or the server of a chaincode.</param>
    /// <param name="tail">How many lines, 1 to <see cref="MaxTail"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>node-not-found</c>, <c>node-not-started</c>.</exception>
    /// <exception cref="KubernetesException">The cluster cannot be asked.</exception>
    public async Task<string> ReadAsync(NetworkReference network, NodeReference node, int tail, CancellationToken cancellationToken)
    {
        var api = await FindAsync(network, node, cancellationToken);
        try
        {
            return await api.LogsAsync(network.NamespaceOf(node.Organization), PodOf(node), null, tail, cancellationToken);
        }
        catch (KubernetesException failure) when (failure.Status is BadRequest or NotFound)
        {
            throw NotStarted(node, failure);
        }
    }

    /// <summary>The last lines of a node and then each new one, until its program ends.</summary>
    /// <param name="network">The network.</param>
    /// <param name="node">The node: an orderer, a peer or the server of a chaincode.</param>
    /// <param name="tail">How many lines to begin with, 1 to <see cref="MaxTail"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>node-not-found</c>, <c>node-not-started</c>.</exception>
    /// <exception cref="KubernetesException">The cluster cannot be asked, or the stream broke off.</exception>
    public async IAsyncEnumerable<string> FollowAsync(NetworkReference network, NodeReference node, int tail, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var api = await FindAsync(network, node, cancellationToken);
        await using var lines = api.FollowLogsAsync(network.NamespaceOf(node.Organization), PodOf(node), null, tail, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(lines, node))
        {
            yield return lines.Current;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<string> lines, NodeReference node)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (KubernetesException failure) when (failure.Status is BadRequest or NotFound)
        {
            throw NotStarted(node, failure);
        }
    }

    // All nodes are StatefulSets with one pod.
    private static string PodOf(NodeReference node) => $"{node.Node}-0";

    private async Task<IKubernetesApi> FindAsync(NetworkReference network, NodeReference node, CancellationToken cancellationToken)
    {
        var record = await records.GetAsync<NetworkRecord>(RecordNames.Network(network), cancellationToken);
        var spec = record?.Record.Spec ?? throw Refusals.NoNetwork(network.Network);
        var nodes = await artifacts.ListEndpointsAsync(network, cancellationToken);
        if (!nodes.Any(endpoint => endpoint.Node == node))
        {
            throw new RefusedException(RefusalKind.NotFound, "node-not-found", $"cannot find node \"{node}\" of network \"{network.Network}\"");
        }

        return clusters.Get(spec.ClusterOf(node.Organization)).Api;
    }

    private static RefusedException NotStarted(NodeReference node, KubernetesException failure) =>
        new(RefusalKind.Conflict, "node-not-started", $"cannot read the logs of node \"{node}\": it has not started: {failure.Message}");
}
