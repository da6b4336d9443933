using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>Looks whether a node answers, and with which version: a pod may be ready that is not the one that was wanted.</summary>
internal sealed class NodeRunsVersion(KubernetesClusters clusters) : IStep<NodeRunsVersion.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        try
        {
            var place = new PlacedNode(input.Network, input.Node, input.Role);
            var version = (await NodeMetrics.ReadAsync(clusters.Get(input.Cluster).Api, place, cancellationToken)).Version;
            return version == input.Version.Value
                ? new Observation(true, "")
                : new Observation(false, $"{input.Node} says that it is of version {version ?? "unknown"}, not {input.Version}");
        }
        catch (KubernetesException failure)
        {
            return new Observation(false, failure.Message); // it may just be starting; the deadline decides
        }
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, ClusterName? Cluster, FabricVersion Version) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
