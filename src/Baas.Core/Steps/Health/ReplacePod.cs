using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Health;

/// <summary>Deletes a node's pod, so that the cluster makes a new one on the same volume; a pod that is another one by now is left alone.</summary>
internal sealed class ReplacePod(KubernetesClusters clusters) : IStep<ReplacePod.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options { get; } = StepOptions.Undo; // gives up soon: the next sweep looks again

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;
        var pod = new ResourceReference(ResourceKind.Pod, input.Network.NamespaceOf(input.Organization), $"{input.Node}-0");
        var pods = await api.ListAsync(ResourceKind.Pod, pod.Namespace, $"{Kubernetes.Manifests.Labels.Node}={input.Node}", cancellationToken);
        if (pods.Any(one => one.Text("metadata", "name") == pod.Name && one.Text("metadata", "uid") == input.PodUid))
        {
            await api.DeleteAsync(pod, cancellationToken);
        }

        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Organization">The node's organization.</param>
    /// <param name="Node">The node.</param>
    /// <param name="PodUid">The pod that is meant.</param>
    /// <param name="Cluster">The cluster; the default one when null.</param>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, NodeName Node, string PodUid, ClusterName? Cluster) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Node}.{Organization}";
    }
}
