using Baas.Core.Fabric.Gateway.Events;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;

namespace Baas.Core.Fabric.Gateway;

/// <summary>A channel, as one client sees it.</summary>
public sealed class GatewayChannel
{
    private readonly GatewayClient _client;

    internal GatewayChannel(GatewayClient client, string name) => (_client, Name) = (client, name);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>A chaincode of the channel; it may be a system chaincode such as <c>qscc</c>.</summary>
    /// <param name="name">Its name.</param>
    public GatewayChaincode Chaincode(string name) => new(_client, Name, name);

    /// <summary>Asks what became of a transaction; waits while it is not committed yet.</summary>
    /// <param name="transactionId">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Errors.CommitStatusException">Nothing is known of it in time.</exception>
    public Task<CommitOutcome> CommitStatusAsync(string transactionId, CancellationToken cancellationToken) =>
        GatewayCommit.Of(_client, Name, transactionId).StatusAsync(cancellationToken);

    /// <summary>Looks whether a transaction is committed; null when no peer has it yet. It may come.</summary>
    /// <param name="transactionId">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Errors.CommitStatusException">No peer can be asked.</exception>
    public Task<CommitOutcome?> LookAsync(string transactionId, CancellationToken cancellationToken) =>
        GatewayCommit.Of(_client, Name, transactionId).LookAsync(cancellationToken);

    /// <summary>The channel's blocks, those to come included, until the caller stops. Peers that go away are replaced; no block is lost or given twice.</summary>
    /// <param name="start">Where to begin; null: with the next block.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Errors.EventsException">A peer refuses, or none answers for a while.</exception>
    public IAsyncEnumerable<Block> BlocksAsync(EventStart? start, CancellationToken cancellationToken) =>
        BlockEvents.FollowAsync(_client, Name, start, cancellationToken);

    /// <summary>What became of the channel's transactions, block by block; otherwise like <see cref="BlocksAsync"/>.</summary>
    /// <param name="start">Where to begin; null: with the next block.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Errors.EventsException">A peer refuses, or none answers for a while.</exception>
    public IAsyncEnumerable<FilteredBlock> FilteredBlocksAsync(EventStart? start, CancellationToken cancellationToken) =>
        BlockEvents.FollowFilteredAsync(_client, Name, start, cancellationToken);
}
