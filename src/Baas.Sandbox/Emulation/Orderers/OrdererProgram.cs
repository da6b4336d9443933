using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Pods;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OrdererDeliverResponse = Baas.Core.Fabric.Protos.Orderer.DeliverResponse;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>The program of an orderer image: an orderer and its listeners.</summary>
internal sealed class OrdererProgram : INode
{
    private const long DefaultLargestBody = 1024 * 1024;

    private readonly OrdererNode _node;
    private readonly NodeServer _server;

    private OrdererProgram(OrdererNode node, NodeServer server)
    {
        _node = node;
        _server = server;
    }

    /// <summary>Starts an orderer.</summary>
    /// <exception cref="EmulationException">A real orderer would not start with these settings either.</exception>
    public static async Task<INode> StartAsync(ContainerLaunch launch, NodeSettings settings, OrdererCluster cluster, string version, TimeProvider clock, CancellationToken cancellationToken)
    {
        var node = new OrdererNode(launch, settings, cluster, clock);
        try
        {
            var server = await NodeServer.StartAsync([.. Listeners(node, settings, version)], cancellationToken);
            cluster.Add(node);
            node.CatchUp();
            launch.Log($"Beginning to serve requests on {node.EndPoint}");
            return new OrdererProgram(node, server);
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _node.Cluster.Remove(_node);
        await _server.DisposeAsync();
        _node.Dispose();
    }

    private static IEnumerable<NodeListener> Listeners(OrdererNode node, NodeSettings settings, string version)
    {
        yield return General(node, settings);
        if (settings.Text("ORDERER_ADMIN_LISTENADDRESS", string.Empty).Length > 0 && settings.Flag("ORDERER_CHANNELPARTICIPATION_ENABLED"))
        {
            yield return Admin(node, settings);
        }

        if (settings.Text("ORDERER_OPERATIONS_LISTENADDRESS", string.Empty).Length > 0)
        {
            var operations = new OperationsApi(version, () => OrdererMetrics.Of(node), node.Clock);
            yield return new NodeListener("operations", settings.EndPoint("ORDERER_OPERATIONS_LISTENADDRESS", string.Empty), HttpProtocols.Http1, OperationsTls(settings), operations.HandleAsync);
        }
    }

    private static NodeListener General(OrdererNode node, NodeSettings settings)
    {
        var isMutual = settings.Flag("ORDERER_GENERAL_TLS_CLIENTAUTHREQUIRED");
        var roots = isMutual ? settings.Roots(settings.HostPaths("ORDERER_GENERAL_TLS_CLIENTROOTCAS")) : null;
        var deliver = new DeliverService(
            name => node.Find(name) is { } channel && channel.Store.Height > 0 ? Readable(channel) : null,
            node.Clock,
            isMutual);
        var methods = new Dictionary<string, Func<GrpcExchange, Task>>(StringComparer.Ordinal)
        {
            ["/orderer.AtomicBroadcast/Broadcast"] = new BroadcastService(node).ServeAsync,
            ["/orderer.AtomicBroadcast/Deliver"] = call =>
                deliver.ServeAsync(call, (_, block) => new OrdererDeliverResponse { Block = block }, status => new OrdererDeliverResponse { Status = status }),
        };
        return new NodeListener(
            "general",
            node.EndPoint,
            HttpProtocols.Http2,
            settings.Tls(node.ServerCertificate, roots is null ? null : () => roots),
            new GrpcService(methods, node.Log).HandleAsync);
    }

    private static DeliverChannel Readable(OrdererChannel channel) =>
        new(channel.Store, () => channel.Config, _ => "/Channel/Readers") { IsLeaderless = () => channel.IsConsenter && BroadcastService.LeaderOf(channel) is null };

    private static NodeListener Admin(OrdererNode node, NodeSettings settings)
    {
        ListenerTls? tls = null;
        if (settings.Flag("ORDERER_ADMIN_TLS_ENABLED"))
        {
            var roots = settings.Flag("ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED") ? settings.Roots(settings.HostPaths("ORDERER_ADMIN_TLS_CLIENTROOTCAS")) : null;
            tls = settings.Tls(settings.KeyPair("ORDERER_ADMIN_TLS_CERTIFICATE", "ORDERER_ADMIN_TLS_PRIVATEKEY"), roots is null ? null : () => roots);
        }

        var largest = long.TryParse(settings.Text("ORDERER_CHANNELPARTICIPATION_MAXREQUESTBODYSIZE", string.Empty), out var bytes) ? bytes : DefaultLargestBody;
        return new NodeListener("admin", settings.EndPoint("ORDERER_ADMIN_LISTENADDRESS", string.Empty), HttpProtocols.Http1, tls, new ParticipationApi(node, largest).HandleAsync);
    }

    private static ListenerTls? OperationsTls(NodeSettings settings)
    {
        if (!settings.Flag("ORDERER_OPERATIONS_TLS_ENABLED"))
        {
            return null;
        }

        var roots = settings.Flag("ORDERER_OPERATIONS_TLS_CLIENTAUTHREQUIRED") ? settings.Roots(settings.HostPaths("ORDERER_OPERATIONS_TLS_CLIENTROOTCAS")) : null;
        return settings.Tls(settings.KeyPair("ORDERER_OPERATIONS_TLS_CERTIFICATE", "ORDERER_OPERATIONS_TLS_PRIVATEKEY"), roots is null ? null : () => roots);
    }
}
