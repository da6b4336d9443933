using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>
/// Looks whether the orderers of a channel have ordered all that they have taken, or go on ordering. With BFT nothing else tells it: what was lost on the
/// way to a node that restarted is sent again after a minute only. With raft there is nothing to wait for.
/// </summary>
internal sealed class OrderersSettled(KubernetesClusters clusters) : IStep<OrderersSettled.Input, OrderersSettled.Seen>
{
    // The first new block may have been decided before the restart.
    private const int EnoughBlocks = 2;

    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Seen> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(input, cancellationToken);
        }
        catch (KubernetesException failure)
        {
            return new Seen(false, failure.Message, true, input.Since ?? 0); // its pod may just be replaced; the deadline decides
        }
    }

    private async Task<Seen> LookAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;
        var metrics = await Task.WhenAll(input.Orderers.Select(node => NodeMetrics.ReadAsync(api, new PlacedNode(input.Network, node, NodeRole.Orderer), cancellationToken)));
        var blocks = metrics.Select(one => one.CommittedBlock(input.Channel) ?? 0).ToList();
        var waiting = metrics.Max(one => one.Waiting(input.Channel) ?? 0);
        var goesOn = input.Since is { } since && blocks.Min() >= since + EnoughBlocks;
        var isBft = metrics.Any(one => one.Waiting(input.Channel) is not null);
        return waiting == 0 || goesOn
            ? new Seen(true, "", isBft, (long)blocks.Max())
            : new Seen(false, $"{waiting:0} transactions wait to be ordered, the last block is {blocks.Max():0}", isBft, (long)blocks.Max());
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Channel">The channel.</param>
    /// <param name="Orderers">Its orderers, at least one.</param>
    /// <param name="Cluster">The cluster that runs them.</param>
    /// <param name="Since">The last block of a look before; null for the first look.</param>
    public sealed record Input(NetworkReference Network, ChannelName Channel, IReadOnlyList<NodeReference> Orderers, ClusterName? Cluster, long? Since) : IStepInput<OrderersSettled.Seen>
    {
        /// <inheritdoc/>
        public string Subject => Channel.Value;
    }

    /// <summary>What was seen.</summary>
    /// <param name="Holds">Whether nothing waits, or blocks come.</param>
    /// <param name="Detail">What waits.</param>
    /// <param name="IsBft">Whether the orderers agree by BFT, or did not say.</param>
    /// <param name="Block">The last block.</param>
    public sealed record Seen(bool Holds, string Detail, bool IsBft, long Block) : Observation(Holds, Detail);
}
