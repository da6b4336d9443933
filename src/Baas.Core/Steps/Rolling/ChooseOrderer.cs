using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>Chooses the orderer that is restarted next: the one that leads the fewest channels. Each restart of a leader costs an election.</summary>
internal sealed class ChooseOrderer(KubernetesClusters clusters) : IStep<ChooseOrderer.Input, ChooseOrderer.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;
        List<(NodeReference Node, int Leads)> found = [];
        foreach (var node in input.Candidates)
        {
            var metrics = await NodeMetrics.ReadAsync(api, new PlacedNode(input.Network, node, NodeRole.Orderer), cancellationToken);
            found.Add((node, metrics.LedChannels));
        }

        return new Output(found.OrderBy(one => one.Leads).First().Node); // a stable sort: else the order of the candidates
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Candidates">The orderers that are still to be restarted, at least one.</param>
    /// <param name="Cluster">The cluster that runs them.</param>
    public sealed record Input(NetworkReference Network, IReadOnlyList<NodeReference> Candidates, ClusterName? Cluster) : IStepInput<ChooseOrderer.Output>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What was chosen.</summary>
    /// <param name="Node">The orderer.</param>
    public sealed record Output(NodeReference Node);
}
