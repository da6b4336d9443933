using System.Collections.Concurrent;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Gateway;

/// <summary>
/// A client of peers' gateway services, as one identity: evaluates, endorses, submits, follows. Safe for use by many threads;
/// make one and keep it, as it holds the connections.
/// </summary>
public sealed class GatewayClient : IDisposable
{
    private readonly FabricConnections? _owned;
    private readonly ConcurrentDictionary<string, CommitFeed> _commits = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _close = new();

    internal GatewayClient(IReadOnlyList<NodeConnection> peers, ISigner signer, GatewayDeadlines deadlines, TimeProvider clock, FabricConnections? owned = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(peers.Count);
        _owned = owned;
        (Peers, Signer, Deadlines, Clock) = (peers, signer, deadlines, clock);
        Calls = new GatewayCalls(peers, clock);
        Closed = _close.Token;
    }

    internal IReadOnlyList<NodeConnection> Peers { get; }

    internal ISigner Signer { get; }

    internal GatewayDeadlines Deadlines { get; }

    internal TimeProvider Clock { get; }

    internal GatewayCalls Calls { get; }

    internal CancellationToken Closed { get; }

    /// <summary>Makes a client. Nothing is connected before the first call.</summary>
    /// <exception cref="ArgumentException">There is no peer.</exception>
    public static GatewayClient Connect(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connections = new FabricConnections(options.Clock);
        return new GatewayClient([.. options.Peers.Select((peer, index) => connections.To(EndpointOf(peer, index), TlsOf(peer)))], options.Signer, options.Deadlines, options.Clock, connections);
    }

    /// <summary>A channel of the network.</summary>
    /// <param name="name">Its name.</param>
    public GatewayChannel Channel(string name) => new(this, name);

    /// <summary>A proposal that was written by <see cref="GatewayProposal.ToBytes"/>, here or by another of Fabric's gateway clients.</summary>
    /// <exception cref="FormatException">The bytes are no proposal.</exception>
    public GatewayProposal Proposal(ReadOnlyMemory<byte> bytes) => new(this, Saved.Read(bytes, ProposedTransaction.Parser));

    /// <summary>A transaction that was written by <see cref="GatewayTransaction.ToBytes"/>.</summary>
    /// <exception cref="FormatException">The bytes are no transaction.</exception>
    public GatewayTransaction Transaction(ReadOnlyMemory<byte> bytes) => new(this, Saved.Read(bytes, PreparedTransaction.Parser));

    /// <summary>A question that was written by <see cref="GatewayCommit.ToBytes"/>.</summary>
    /// <exception cref="FormatException">The bytes are no such question.</exception>
    public GatewayCommit Commit(ReadOnlyMemory<byte> bytes) => new(this, Saved.Read(bytes, SignedCommitStatusRequest.Parser));

    /// <summary>Closes the connections; calls under way fail.</summary>
    public void Dispose()
    {
        _close.Cancel();
        _close.Dispose();
        _owned?.Dispose();
    }

    internal CommitFeed CommitsOf(string channel) => _commits.GetOrAdd(channel, static (name, client) => new CommitFeed(client, name), this);

    // Messages name a peer by where it listens; the names of Baas' own networks are not known here.
    private static NodeEndpoint EndpointOf(GatewayPeer peer, int index) =>
        new(NodeReference.Peer(OrganizationName.Parse("gateway"), index + 1), NodeRole.Peer, peer.Host, peer.Port, null, peer.Dial);

    private static NodeTls TlsOf(GatewayPeer peer) => new()
    {
        Roots = peer.TlsRoots,
        Intermediates = peer.TlsIntermediates,
        Client = peer is { ClientCertificate: { } certificate, ClientKey: { } key } ? new ClientCertificate(certificate, key) : null,
    };
}
