using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Health;

/// <summary>Makes a peer a member of a channel again by the channel's stored first block; it fetches the rest itself.</summary>
internal sealed class RejoinPeer(FabricAccess access, ArtifactStore artifacts, TimeProvider clock) : IStep<RejoinPeer.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options { get; } = StepOptions.Undo; // gives up soon: the next sweep looks again

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var node = new NodeReference(input.Organization, input.Peer);
        var endpoint = await artifacts.FindEndpointAsync(input.Network, node, cancellationToken)
            ?? throw new StorageException("record-incomplete", $"cannot heal node \"{node}\": its address is not on record");
        var genesis = await artifacts.FindGenesisAsync(input.Network, input.Channel, cancellationToken)
            ?? throw new StorageException("genesis-missing", $"cannot read genesis block of channel \"{input.Channel}\": none is stored for {input.Network}");
        var peer = await access.ConnectAsync(input.Network, endpoint, cancellationToken);
        using var administrator = await access.AdministratorOfAsync(input.Network, input.Organization, cancellationToken);
        await new PeerAdmin(new Endorser(peer, administrator, clock)).JoinAsync(ConfigBlock.Parse(genesis), cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, NodeName Peer, ChannelName Channel) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Peer}.{Organization} → {Channel}";
    }
}
