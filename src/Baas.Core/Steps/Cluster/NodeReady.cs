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

        return new Observation(false, IsYoung(set) ? $"{node.Name} is starting" : await DescribeAsync(api, node, cancellationToken));
    }

    private bool IsYoung(System.Text.Json.Nodes.JsonObject set) =>
        DateTimeOffset.TryParse(set.Text("metadata", "creationTimestamp"), System.Globalization.CultureInfo.InvariantCulture, out var created)
        && clock.GetUtcNow() - created < UsualStart;

    private static async Task<string> DescribeAsync(IKubernetesApi api, PlacedNode node, CancellationToken cancellationToken)
    {
        var pods = await api.ListAsync(ResourceKind.Pod, node.Namespace, $"{Labels.Node}={node.Name}", cancellationToken);
        if (pods.Any(WorkloadStatus.IsHopeless))
        {
            throw new KubernetesException("image-refused", $"cannot run node \"{node.Namespace}/{node.Name}\": {WorkloadStatus.Describe(pods)}");
        }

        return pods.Count > 0
            ? WorkloadStatus.Describe(pods)
            : WorkloadStatus.DescribeWithoutPods(node.Name, await api.ListAsync(ResourceKind.Event, node.Namespace, null, cancellationToken));
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, ClusterName? Cluster) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
