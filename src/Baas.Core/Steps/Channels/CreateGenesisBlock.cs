using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Channels;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;
using Google.Protobuf;

namespace Baas.Core.Steps.Channels;

/// <summary>Makes a channel's genesis block once and stores it; a second run takes the stored one.</summary>
internal sealed class CreateGenesisBlock(ArtifactStore artifacts, IdentityStore identities, TimeProvider clock)
    : IUndoableStep<CreateGenesisBlock.Input, CreateGenesisBlock.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var channel = input.Channel.Name;

        // Each block that is made is another one: never make a second one.
        var stored = await artifacts.FindGenesisAsync(input.Network, channel, cancellationToken);
        if (stored is null)
        {
            var made = GenesisBlock.Create(await DefineAsync(input, cancellationToken), clock);
            stored = await artifacts.AddGenesisAsync(input.Network, channel, made.ToByteArray(), cancellationToken);
        }

        return new Output(Convert.ToHexStringLower(BlockHashes.OfHeader(ConfigBlock.Parse(stored).Header)));
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => artifacts.DeleteGenesisAsync(input.Network, input.Channel.Name, cancellationToken);

    private async Task<ChannelDefinition> DefineAsync(Input input, CancellationToken cancellationToken) => new()
    {
        Name = input.Channel.Name,
        Capabilities = input.Capabilities,
        Consensus = input.Ordering.Consensus,
        Batch = input.Ordering.Batch,
        Ordering = await OrganizationAsync(input, input.Ordering.Organization, cancellationToken),
        Consenters = await Task.WhenAll(input.Orderers.Select(orderer => ConsenterAsync(input, orderer, cancellationToken))),
        Members = await Task.WhenAll(input.Members.Select(member => OrganizationAsync(input, member.Name, cancellationToken))),
        Policies = input.Channel.Policies,
    };

    private async Task<ChannelOrganization> OrganizationAsync(Input input, OrganizationName organization, CancellationToken cancellationToken)
    {
        var trust = await identities.ReadTrustAsync(input.Network, organization, cancellationToken);
        return new ChannelOrganization
        {
            MspId = trust.MspId,
            Roots = trust.Roots,
            Intermediates = trust.Intermediates,
            TlsRoots = trust.TlsRoots,
            TlsIntermediates = trust.TlsIntermediates,
            RevocationLists = trust.RevocationLists,
            AnchorPeers = [.. input.AnchorPeers.Where(peer => peer.Node.Organization == organization).Select(AddressOf)],
        };
    }

    private async Task<ChannelConsenter> ConsenterAsync(Input input, NodeEndpoint orderer, CancellationToken cancellationToken)
    {
        var identity = await identities.ReadNodeAsync(input.Network, orderer.Node, cancellationToken);

        // Orderers always have a signing identity; the TLS certificate without its issuers, as orderers compare it with the one that is shown.
        return new ChannelConsenter(AddressOf(orderer), identity.MspId, identity.Signing!.LeafPem, identity.Tls.LeafPem);
    }

    private static ChannelAddress AddressOf(NodeEndpoint node) => new(node.Host, node.Port);

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelSpec Channel, OrderingSpec Ordering, IReadOnlyList<OrganizationSpec> Members, ChannelCapabilities Capabilities, IReadOnlyList<NodeEndpoint> Orderers, IReadOnlyList<NodeEndpoint> AnchorPeers) : IStepInput<CreateGenesisBlock.Output>
    {
        /// <inheritdoc/>
        public string Subject => Channel.Name.Value;
    }

    /// <summary>What was made.</summary>
    /// <param name="BlockHash">The hash of the block header, as lower-case hex.</param>
    public sealed record Output(string BlockHash);
}
