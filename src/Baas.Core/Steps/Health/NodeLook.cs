using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Transport;
using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Health;

/// <summary>Asks Fabric's nodes themselves how far they are. What cannot be asked is told, not thrown.</summary>
internal sealed class NodeLook(FabricAccess access, Baas.Core.Health.HealthOptions options, TimeProvider clock)
{
    /// <summary>Asks an orderer about channels: by its participation API, and for the leader by its metrics.</summary>
    public Task<Answer> AskOrdererAsync(
        NetworkReference network, NodeEndpoint orderer, IReadOnlyList<ChannelName> channels, Consensus consensus, Task<NodeMetrics?> measured, CancellationToken cancellationToken) =>
        GuardAsync(
            channels,
            async limit =>
            {
                var connection = await access.ConnectAsAdministratorAsync(network, orderer, limit);
                var participation = new ChannelParticipation(connection);
                List<ChannelObservation> seen = [];
                foreach (var channel in channels)
                {
                    var status = await participation.FindAsync(channel, limit);
                    var metrics = await measured.WaitAsync(limit);
                    var knows = metrics?.KnowsLeader(channel, consensus);
                    if (knows is null && metrics is null && consensus == Consensus.Raft && status is { IsActiveConsenter: true })
                    {
                        knows = await KnowsLeaderAsync(network, orderer, channel, limit);
                    }

                    seen.Add(new ChannelObservation
                    {
                        Channel = channel,
                        IsMember = status is not null,
                        Height = status?.Height,
                        IsActive = status is { IsActiveConsenter: true },
                        HasFailed = status is { Status: "failed" },
                        KnowsLeader = knows,
                        IsLeader = metrics?.IsLeader(channel, consensus),
                        LeaderChanges = metrics?.LeaderChanges(channel, consensus),
                    });
                }

                if (channels.Count == 0)
                {
                    await participation.ListAsync(limit);
                }

                return seen;
            },
            cancellationToken);

    /// <summary>Asks a peer about channels, as its organization's administrator.</summary>
    public Task<Answer> AskPeerAsync(
        NetworkReference network, NodeEndpoint peer, IReadOnlyList<ChannelName> channels, Task<NodeMetrics?> measured, CancellationToken cancellationToken) =>
        GuardAsync(
            channels,
            async limit =>
            {
                var connection = await access.ConnectAsync(network, peer, limit);
                using var administrator = await access.AdministratorOfAsync(network, peer.Node.Organization, limit);
                var admin = new PeerAdmin(new Endorser(connection, administrator, clock));
                var joined = await admin.ListChannelsAsync(limit);
                List<ChannelObservation> seen = [];
                var metrics = await measured.WaitAsync(limit);
                foreach (var channel in channels)
                {
                    var height = joined.Contains(channel) ? (await admin.ReadLedgerAsync(channel, limit)).Height : (ulong?)null;
                    seen.Add(new ChannelObservation { Channel = channel, IsMember = height is not null, Height = height, Transactions = metrics?.Transactions(channel) });
                }

                return seen;
            },
            cancellationToken);

    /// <summary>What a pod measures; null when the way there is closed.</summary>
    public async Task<NodeMetrics?> MetricsAsync(IKubernetesApi api, PlacedNode place, string pod, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CallLimit / 2); // there is another way to find a leader, and the node has to be asked after that, too
        try
        {
            return await NodeMetrics.ReadAsync(api, place, pod, limit.Token);
        }
        catch (KubernetesException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // An orderer without a leader hands out no blocks to those who ask strictly.
    private async Task<bool?> KnowsLeaderAsync(NetworkReference network, NodeEndpoint orderer, ChannelName channel, CancellationToken cancellationToken)
    {
        var connection = await access.ConnectAsync(network, orderer, cancellationToken);
        using var administrator = await access.AdministratorOfAsync(network, orderer.Node.Organization, cancellationToken);
        try
        {
            await new BlockDelivery(connection, administrator, clock).ReadNewestAsync(channel, cancellationToken);
            return true;
        }
        catch (DeliveryRefusedException refusal)
        {
            return refusal.IsTransient ? false : null;
        }
    }

    private async Task<Answer> GuardAsync(
        IReadOnlyList<ChannelName> channels, Func<CancellationToken, Task<List<ChannelObservation>>> ask, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CallLimit);
        IReadOnlyList<ChannelObservation> unknown = [.. channels.Select(channel => new ChannelObservation { Channel = channel })];
        try
        {
            return new Answer(await ask(limit.Token), null, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer(unknown, $"it does not answer within {options.CallLimit.TotalSeconds:0.#} s", null);
        }
        catch (BaasException refusal) when (refusal is PeerRejectedException or ParticipationRefusedException or NodeUntrustedException)
        {
            return new Answer(unknown, null, Messages.OneLine(refusal.Message, 300));
        }
        catch (BaasException failure)
        {
            return new Answer(unknown, Messages.OneLine(failure.Message, 300), null);
        }
    }

    /// <summary>What a node has answered.</summary>
    /// <param name="Channels">Its channels; with nothing but their names when it could not be asked.</param>
    /// <param name="Failure">Why it could not be asked.</param>
    /// <param name="Refusal">What it refused.</param>
    internal sealed record Answer(IReadOnlyList<ChannelObservation> Channels, string? Failure, string? Refusal);
}
