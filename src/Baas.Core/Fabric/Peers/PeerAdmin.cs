using System.Globalization;
using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Peers;

/// <summary>Administers one peer's channels as an administrator of its organization.</summary>
/// <param name="endorser">The way to the peer.</param>
internal sealed class PeerAdmin(Endorser endorser)
{
    private const string Configuration = "cscc";
    private const string Queries = "qscc";

    // The channel of calls that concern the peer alone.
    private const string NoChannel = "";

    /// <summary>The channels of which the peer is a member.</summary>
    /// <exception cref="PeerRejectedException">The peer answered and said no.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public async Task<IReadOnlyList<ChannelName>> ListChannelsAsync(CancellationToken cancellationToken)
    {
        var answer = await endorser.RunAsync(ChaincodeCall.Of(NoChannel, Configuration, "GetChannels"), "list channels", cancellationToken);
        return [.. ChannelQueryResponse.Parser.ParseFrom(answer).Channels.Select(channel => ChannelName.Parse(channel.ChannelId))];
    }

    /// <summary>Makes the peer a member of the channel that a block begins; one that is a member already stays as it is.</summary>
    /// <param name="genesis">The channel's first block.</param>
    /// <param name="cancellationToken">Gives up; the peer may have joined nevertheless.</param>
    /// <exception cref="GenesisDiffersException">The peer is a member of another channel of that name.</exception>
    /// <exception cref="PeerRejectedException">The peer answered and said no.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public async Task JoinAsync(Block genesis, CancellationToken cancellationToken)
    {
        var channel = ConfigBlock.Read(genesis).Channel;

        // A second JoinChain fails in the peer's ledger provider, so look first.
        if (!await IsMemberAsync(channel, cancellationToken))
        {
            try
            {
                await endorser.RunAsync(ChaincodeCall.Of(NoChannel, Configuration, "JoinChain", genesis), $"join channel \"{channel}\"", cancellationToken);
                return;
            }
            catch (PeerRejectedException refusal) when (refusal.Reason.Contains("already exists", StringComparison.Ordinal))
            {
                // Another call was faster: fine, if the peer is a member now.
                if (!await IsMemberAsync(channel, cancellationToken))
                {
                    throw;
                }
            }
        }

        await CheckGenesisAsync(channel, genesis, cancellationToken);
    }

    /// <summary>How far the peer's ledger of a channel is.</summary>
    /// <exception cref="PeerRejectedException">The peer answered and said no: it is no member, or the identity may not read.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public async Task<BlockchainInfo> ReadLedgerAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        var call = ChaincodeCall.Of(channel.Value, Queries, "GetChainInfo", channel.Value);
        return BlockchainInfo.Parser.ParseFrom(await endorser.RunAsync(call, $"look at the ledger of channel \"{channel}\"", cancellationToken));
    }

    /// <summary>A block of the peer's ledger.</summary>
    /// <exception cref="PeerRejectedException">The peer answered and said no: it has no such block, or the identity may not read.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public async Task<Block> ReadBlockAsync(ChannelName channel, ulong number, CancellationToken cancellationToken)
    {
        var call = ChaincodeCall.Of(channel.Value, Queries, "GetBlockByNumber", channel.Value, number.ToString(CultureInfo.InvariantCulture));
        return Block.Parser.ParseFrom(await endorser.RunAsync(call, $"read block {number} of channel \"{channel}\"", cancellationToken));
    }

    /// <summary>The configuration of a channel that is in force on the peer.</summary>
    /// <exception cref="PeerRejectedException">The peer answered and said no: it is no member, or the identity may not read.</exception>
    /// <exception cref="PeerUnreachableException">The peer did not answer in time.</exception>
    public async Task<Config> ReadConfigAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        var call = ChaincodeCall.Of(NoChannel, Configuration, "GetChannelConfig", channel.Value);
        return Config.Parser.ParseFrom(await endorser.RunAsync(call, $"read the configuration of channel \"{channel}\"", cancellationToken));
    }

    private async Task<bool> IsMemberAsync(ChannelName channel, CancellationToken cancellationToken) =>
        (await ListChannelsAsync(cancellationToken)).Contains(channel);

    private async Task CheckGenesisAsync(ChannelName channel, Block genesis, CancellationToken cancellationToken)
    {
        var first = await ReadBlockAsync(channel, 0, cancellationToken);
        if (!first.Header.Equals(genesis.Header))
        {
            throw new GenesisDiffersException(endorser.Peer, channel);
        }
    }
}
