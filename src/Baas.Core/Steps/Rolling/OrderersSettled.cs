using Baas.Core.Fabric.Chaincodes;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Transactions;
using Baas.Core.Fabric.Transport;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>
/// Looks whether the orderers of a channel hear one another: whether each of them has new blocks. With BFT the first message to an orderer that restarted is
/// lost, from each of the others, and nobody sends it again; so it has to be one that nobody waits for. Where nothing comes by itself, a transaction without
/// effect is sent. With raft, which sends again, there is nothing to wait for.
/// </summary>
internal sealed class OrderersSettled(KubernetesClusters clusters, FabricAccess access, TimeProvider clock) : IStep<OrderersSettled.Input, OrderersSettled.Seen>
{
    // The first new block may have been decided without the one that restarted; with the second one it notices what it has missed.
    private const int EnoughBlocks = 2;

    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Seen> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        Look look;
        try
        {
            look = await LookAsync(input, cancellationToken);
        }
        catch (KubernetesException failure)
        {
            return new Seen(false, failure.Message, true, input.Since ?? 0); // its pod may just be replaced; the deadline decides
        }

        if (!look.IsBft || input.Since is not { } since || look.Blocks.Min() >= since + EnoughBlocks)
        {
            return new Seen(true, "", look.IsBft, look.Blocks.Max());
        }

        return look.Waiting == 0
            ? await ProbeAsync(input, look, cancellationToken)
            : new Seen(false, $"{look.Waiting} transactions wait to be ordered; {look}", true, look.Blocks.Max());
    }

    private async Task<Look> LookAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;
        var metrics = await Task.WhenAll(input.Orderers.Select(node => NodeMetrics.ReadAsync(api, new PlacedNode(input.Network, node, NodeRole.Orderer), cancellationToken)));
        return new Look(
            metrics.Any(one => one.Waiting(input.Channel) is not null),
            (int)metrics.Max(one => one.Waiting(input.Channel) ?? 0),
            [.. metrics.Select(one => (long)(one.CommittedBlock(input.Channel) ?? 0))]);
    }

    private async Task<Seen> ProbeAsync(Input input, Look look, CancellationToken cancellationToken)
    {
        string detail;
        try
        {
            if (input.Endorsers.Count > 0)
            {
                await SendAsync(input, cancellationToken);
                return new Seen(false, $"a transaction was sent; {look}", true, look.Blocks.Max());
            }

            detail = "";
        }
        catch (BaasException failure) when (failure is PeerUnreachableException or PeerRejectedException or NodeUnreachableException or NodeUntrustedException)
        {
            detail = $"{failure.Message}; "; // a peer that is away must not keep orderers from their certificates
        }
        catch (BaasException failure) when (failure.IsTransient)
        {
            return new Seen(false, $"{failure.Message}; {look}", true, look.Blocks.Max());
        }

        // Without a transaction there is no more to see than that all of them are equally far.
        return new Seen(look.Blocks.Distinct().Count() == 1, $"{detail}{look}", true, look.Blocks.Max());
    }

    // It reads the list of chaincodes: valid, and without effect. It is not waited for: the next look sees its block.
    private async Task SendAsync(Input input, CancellationToken cancellationToken)
    {
        using var administrator = await access.AdministratorOfAsync(input.Network, input.Endorsers[0].Node.Organization, cancellationToken);
        var endorsers = await access.ConnectAsync(input.Network, input.Endorsers, cancellationToken);
        var orderers = await access.ConnectAsync(input.Network, input.SendTo, cancellationToken);
        await new TransactionSubmitter(endorsers, orderers, administrator, clock).SendAsync(
            LifecycleCalls.QueryAllCommitted(input.Channel), $"see whether channel \"{input.Channel}\" orders", cancellationToken);
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Channel">The channel.</param>
    /// <param name="Orderers">Those of its orderers that are looked at, at least one.</param>
    /// <param name="Cluster">The cluster that runs them.</param>
    /// <param name="Since">The last block of a look before; null for the first look.</param>
    public sealed record Input(NetworkReference Network, ChannelName Channel, IReadOnlyList<NodeReference> Orderers, ClusterName? Cluster, long? Since) : IStepInput<OrderersSettled.Seen>
    {
        /// <summary>The orderers that get the transaction: all of the channel.</summary>
        public IReadOnlyList<NodeEndpoint> SendTo { get; init; } = [];

        /// <summary>The peers that endorse the transaction, one of each member; none where it cannot be sent.</summary>
        public IReadOnlyList<NodeEndpoint> Endorsers { get; init; } = [];

        /// <inheritdoc/>
        public string Subject => Channel.Value;
    }

    /// <summary>What was seen.</summary>
    /// <param name="Holds">Whether all of them have new blocks, or nothing is to be seen.</param>
    /// <param name="Detail">What is missing.</param>
    /// <param name="IsBft">Whether the orderers agree by BFT, or did not say.</param>
    /// <param name="Block">The last block.</param>
    public sealed record Seen(bool Holds, string Detail, bool IsBft, long Block) : Observation(Holds, Detail);

    private sealed record Look(bool IsBft, int Waiting, IReadOnlyList<long> Blocks)
    {
        public override string ToString() => $"the orderers' last blocks are {string.Join(", ", Blocks)}";
    }
}
