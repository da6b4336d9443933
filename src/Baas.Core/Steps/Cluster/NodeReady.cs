using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Looks whether a node's pod is ready, of the wanted revision.</summary>
internal sealed class NodeReady(KubernetesClusters clusters, TimeProvider clock) : IStep<NodeReady.Input, Observation>
{
    // Until then there is nothing to tell but that it starts, and many nodes that start at once need few requests.
    private static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ListenLimit = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;

        // Whatever its role: all nodes are StatefulSets of their own name.
        var node = new PlacedNode(input.Network, input.Node, NodeRole.Peer);
        if (await api.GetAsync(node.StatefulSet, cancellationToken) is not { } set)
        {
            return new Observation(false, $"StatefulSet {node.Namespace}/{node.Name} is not there");
        }

        if (WorkloadStatus.IsReady(set))
        {
            return new Observation(true, "");
        }

        return new Observation(false, IsYoung(set) ? $"{node.Name} is starting" : await DescribeAsync(api, node, set, cancellationToken));
    }

    private bool IsYoung(System.Text.Json.Nodes.JsonObject set) =>
        DateTimeOffset.TryParse(set.Text("metadata", "creationTimestamp"), System.Globalization.CultureInfo.InvariantCulture, out var created)
        && clock.GetUtcNow() - created < UsualStart;

    // Peers may rebuild their databases for an hour before they listen; chaincodes keep nothing.
    private bool IsDeaf(System.Text.Json.Nodes.JsonObject pod) =>
        pod.Text("metadata", "labels", Labels.Role) == Labels.NameOf(NodeRole.Chaincode) && clock.GetUtcNow() - WorkloadStatus.RunsUnreadySince(pod) > ListenLimit;

    private async Task<string> DescribeAsync(IKubernetesApi api, PlacedNode node, System.Text.Json.Nodes.JsonObject set, CancellationToken cancellationToken)
    {
        // A peer with a CouchDB waits for it, and says little of that itself.
        var own = await api.ListAsync(ResourceKind.Pod, node.Namespace, $"{Labels.Node}={node.Name}", cancellationToken);
        var databases = await api.ListAsync(ResourceKind.Pod, node.Namespace, $"{Labels.Node}={node.Database.Name}", cancellationToken);
        var pods = own.Where(pod => WorkloadStatus.IsWanted(set, pod)).Concat(databases).ToList();
        if (pods.Any(WorkloadStatus.IsHopeless))
        {
            throw new KubernetesException("image-refused", $"cannot run node \"{node.Namespace}/{node.Name}\": {WorkloadStatus.Describe(pods)}");
        }

        if (pods.Any(WorkloadStatus.IsCrashing))
        {
            throw new KubernetesException("node-crashes", $"cannot run node \"{node.Namespace}/{node.Name}\": its program ends again and again: {WorkloadStatus.Describe(pods)}");
        }

        if (pods.Any(IsDeaf))
        {
            throw new KubernetesException("chaincode-not-listening", $"cannot run chaincode server \"{node.Namespace}/{node.Name}\": it has been running for {ListenLimit.TotalMinutes:0} minutes and does not listen at CHAINCODE_SERVER_ADDRESS");
        }

        return own.Count + databases.Count > 0
            ? WorkloadStatus.Describe([.. own, .. databases])
            : WorkloadStatus.DescribeWithoutPods(node.Name, await api.ListAsync(ResourceKind.Event, node.Namespace, null, cancellationToken));
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, ClusterName? Cluster) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
