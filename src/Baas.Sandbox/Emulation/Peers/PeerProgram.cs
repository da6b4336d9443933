using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Chaincodes;
using Baas.Sandbox.Emulation.Gateway;
using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Pods;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The program of a peer image: a peer and its listeners.</summary>
internal sealed class PeerProgram : INode
{
    private readonly PeerNode _node;
    private readonly NodeServer _server;

    private PeerProgram(PeerNode node, NodeServer server)
    {
        _node = node;
        _server = server;
    }

    /// <summary>Starts a peer.</summary>
    /// <exception cref="EmulationException">A real peer would not start with these settings either.</exception>
    public static async Task<INode> StartAsync(
        ContainerLaunch launch, NodeSettings settings, PeerCluster cluster, ChaincodeCluster chaincodes, string version, TimeProvider clock, CancellationToken cancellationToken)
    {
        var node = new PeerNode(launch, settings, cluster, chaincodes, clock);
        try
        {
            var server = await NodeServer.StartAsync([.. Listeners(node, settings, version)], cancellationToken);
            cluster.Add(node);
            node.Start();
            launch.Log($"Started peer of {node.Msp.Id} at {settings.EndPoint("CORE_PEER_LISTENADDRESS", "0.0.0.0:7051")}");
            return new PeerProgram(node, server);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _node.Cluster.Remove(_node);
        await _server.DisposeAsync();
        await _node.DisposeAsync();
    }

    private static IEnumerable<NodeListener> Listeners(PeerNode node, NodeSettings settings, string version)
    {
        yield return Main(node, settings);
        if (settings.Text("CORE_OPERATIONS_LISTENADDRESS", string.Empty).Length > 0)
        {
            var operations = new OperationsApi(version, () => PeerMetrics.Of(node), node.Clock);
            yield return new NodeListener("operations", settings.EndPoint("CORE_OPERATIONS_LISTENADDRESS", string.Empty), HttpProtocols.Http1, OperationsTls(settings), operations.HandleAsync);
        }
    }

    private static NodeListener Main(PeerNode node, NodeSettings settings)
    {
        var isMutual = settings.Flag("CORE_PEER_TLS_CLIENTAUTHREQUIRED");
        var configured = isMutual ? settings.Roots(settings.HostPaths("CORE_PEER_TLS_CLIENTROOTCAS_FILES")) : [];
        var blocks = Deliver(node, "event/Block", isMutual);
        var filtered = Deliver(node, "event/FilteredBlock", isMutual);
        var methods = new Dictionary<string, Func<GrpcExchange, Task>>(StringComparer.Ordinal)
        {
            ["/protos.Endorser/ProcessProposal"] = node.Endorser.ServeAsync,
            ["/protos.Deliver/Deliver"] = call => blocks.ServeAsync(call, (_, block) => new DeliverResponse { Block = block }, status => new DeliverResponse { Status = status }),
            ["/protos.Deliver/DeliverFiltered"] = call =>
                filtered.ServeAsync(call, (name, block) => new DeliverResponse { FilteredBlock = FilteredBlocks.Of(name, block) }, status => new DeliverResponse { Status = status }),
        };
        new GatewayService(node).AddTo(methods);
        return new NodeListener(
            "peer",
            settings.EndPoint("CORE_PEER_LISTENADDRESS", "0.0.0.0:7051"),
            HttpProtocols.Http2,
            settings.Tls(node.ServerCertificate, isMutual ? () => Roots(node, configured) : null),
            new GrpcService(methods, node.Log).HandleAsync);
    }

    // Besides the configured roots, those of all organizations of all channels are believed.
    private static X509Certificate2Collection Roots(PeerNode node, X509Certificate2Collection configured)
    {
        var roots = new X509Certificate2Collection(configured);
        foreach (var channel in node.Channels)
        {
            roots.AddRange(channel.Config.Msps.TlsAuthorities());
        }

        return roots;
    }

    private static DeliverService Deliver(PeerNode node, string resource, bool isMutual) => new(
        name => node.Find(name) is { } channel ? new DeliverChannel(channel.Store, () => channel.Config, config => config.PolicyFor(resource, PeerNode.Readers)) : null,
        node.Clock,
        isMutual);

    private static ListenerTls? OperationsTls(NodeSettings settings)
    {
        if (!settings.Flag("CORE_OPERATIONS_TLS_ENABLED"))
        {
            return null;
        }

        var roots = settings.Flag("CORE_OPERATIONS_TLS_CLIENTAUTHREQUIRED") ? settings.Roots(settings.HostPaths("CORE_OPERATIONS_TLS_CLIENTROOTCAS_FILES")) : null;
        return settings.Tls(settings.KeyPair("CORE_OPERATIONS_TLS_CERT_FILE", "CORE_OPERATIONS_TLS_KEY_FILE"), roots is null ? null : () => roots);
    }
}
