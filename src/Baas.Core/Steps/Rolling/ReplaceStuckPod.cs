using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>
/// Deletes a node's pod that is neither ready nor of the wanted revision. Clusters do not replace such a pod by themselves: they wait for it to become ready, which it
/// never will (pkg/controller/statefulset of Kubernetes; its documents call it a forced rollback). The cluster replaces a pod that is ready.
/// </summary>
internal sealed class ReplaceStuckPod(KubernetesClusters clusters) : IStep<ReplaceStuckPod.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;
        var node = new PlacedNode(input.Network, input.Node, NodeRole.Peer); // whatever its role: all nodes are StatefulSets of their own name
        if (await api.GetAsync(node.StatefulSet, cancellationToken) is not { } set || !WorkloadStatus.IsSeen(set))
        {
            return new Observation(false, $"the cluster has not seen yet what is wanted of {node.Name}");
        }

        var name = $"{node.Name}-0";
        var pods = await api.ListAsync(ResourceKind.Pod, node.Namespace, $"{Labels.Node}={node.Name}", cancellationToken);
        if (pods.Any(pod => pod.Text("metadata", "name") == name && IsStuck(pod, set)))
        {
            await api.DeleteAsync(new ResourceReference(ResourceKind.Pod, node.Namespace, name), cancellationToken);
        }

        return new Observation(true, "");
    }

    private static bool IsStuck(JsonObject pod, JsonObject set) =>
        !pod.IsTerminating() && !WorkloadStatus.IsPodReady(pod) && pod.Text("metadata", "labels", "controller-revision-hash") != set.Text("status", "updateRevision");

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, ClusterName? Cluster) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
