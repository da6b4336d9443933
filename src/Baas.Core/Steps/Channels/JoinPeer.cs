using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Channels;

/// <summary>Makes a peer a member of a channel.</summary>
internal sealed class JoinPeer(FabricAccess access, ArtifactStore artifacts, TimeProvider clock) : IStep<JoinPeer.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var genesis = ConfigBlock.Parse(await StoredGenesis.ReadAsync(artifacts, input.Network, input.Channel, cancellationToken));
        var peer = await access.ConnectAsync(input.Network, input.Peer, cancellationToken);
        using var administrator = await access.AdministratorOfAsync(input.Network, input.Peer.Node.Organization, cancellationToken);
        await new PeerAdmin(new Endorser(peer, administrator, clock)).JoinAsync(genesis, cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelName Channel, NodeEndpoint Peer) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Peer.Node} → {Channel}";
    }
}
