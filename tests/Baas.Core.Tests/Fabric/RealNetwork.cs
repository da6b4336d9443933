using System.Net;
using System.Net.Sockets;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Steps;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Channels;
using Baas.Core.Workflows.Engine;
using Baas.Testing;
using Baas.Testing.Fabric;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Fabric;

/// <summary>A network of Fabric's own programs: one orderer and one peer of each of two organizations, on a loopback address of its own.</summary>
internal sealed class RealNetwork : IAsyncDisposable
{
    public static readonly NetworkReference Name = new(TenantName.Parse("acme"), NetworkName.Parse("real"));
    public static readonly ChannelName Channel = ChannelName.Parse("trade");

    private readonly TestFolder _folder = new();
    private readonly TestStores _stores = new();
    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly List<FabricProcess> _processes = [];
    private readonly string _host = $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(0, 255)}.{Random.Shared.Next(2, 255)}";
    private string _defaults = "";

    public TestStores Stores => _stores;

    public FabricAccess Access => new(_connections, _stores.Identities);

    public NodeEndpoint Orderer { get; private set; } = null!; // set by StartAsync, as the peers are

    public IReadOnlyList<NodeEndpoint> Peers { get; private set; } = [];

    public string Host => _host;

    public string Log => string.Join("\n\n", _processes.Select(process => process.Log));

    public static OrganizationSpec[] Members { get; } =
        [.. new[] { "org1", "org2" }.Select(name => new OrganizationSpec { Name = OrganizationName.Parse(name), MspId = MspIdOf(name), Peers = 1 })];

    public static async Task<RealNetwork> StartAsync(CancellationToken cancellationToken)
    {
        var network = new RealNetwork();
        try
        {
            await network.RunAsync(cancellationToken);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>A free port of the network's address.</summary>
    public int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Parse(_host), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Looks until a condition holds.</summary>
    public static async Task UntilAsync(Func<Task<Observation>> look, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!(await look()).Holds)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Issues a node's certificates and writes them where its program finds them.</summary>
    public async Task<string> WriteIdentityAsync(NodeReference node, NodeRole role, CancellationToken cancellationToken)
    {
        var issuer = new CertificateIssuer(TimeProvider.System);
        await new IssueNodeCertificates(_stores.Identities, issuer).ApplyAsync(new(Name, node, MspIdOf(node.Organization.Value), role, new(), [_host]), cancellationToken);
        foreach (var (path, content) in await FilesOfAsync(node, cancellationToken))
        {
            var file = _folder.In($"{node}", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, content, cancellationToken);
        }

        return _folder.In($"{node}");
    }

    /// <summary>Runs a program until the network ends.</summary>
    public async Task RunAsync(string program, string[] arguments, string readyText, Dictionary<string, string> environment, CancellationToken cancellationToken) =>
        _processes.Add(await FabricProcess.StartAsync(program, arguments, readyText, environment, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<Dictionary<string, string>> FilesOfAsync(NodeReference node, CancellationToken cancellationToken)
    {
        var identity = await _stores.Identities.ReadNodeAsync(Name, node, cancellationToken);
        var trust = await _stores.Identities.ReadTrustAsync(Name, node.Organization, cancellationToken);
        Dictionary<string, string> files = new()
        {
            ["tls/server.crt"] = identity.Tls.CertificatePem,
            ["tls/server.key"] = identity.Tls.PrivateKeyPem,
            ["tls/ca.crt"] = string.Concat(trust.TlsRoots),
        };
        if (identity.Signing is { } signing)
        {
            var content = new MspContent
            {
                Certificate = signing.CertificatePem,
                PrivateKey = signing.PrivateKeyPem,
                Roots = trust.Roots,
                TlsRoots = trust.TlsRoots,
            };
            foreach (var (path, text) in MspFolder.For(content))
            {
                files[$"msp/{path}"] = text;
            }
        }

        return files;
    }

    private static MspId MspIdOf(string organization) => MspId.Parse($"{char.ToUpperInvariant(organization[0])}{organization[1..]}MSP");

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _defaults = FabricBinaries.CopyDefaults(_folder.In("defaults"));
        var ordering = new OrderingSpec { Nodes = 1, Batch = new() { Timeout = Duration.Parse("200ms") } };
        foreach (var organization in Members.Select(member => member.Name).Prepend(ordering.Organization))
        {
            await MakeOrganizationAsync(organization, cancellationToken);
        }

        Orderer = await StartOrdererAsync(ordering.Orderers()[0], cancellationToken);
        Peers = [await StartPeerAsync(Members[0].PeerNodes()[0], cancellationToken), await StartPeerAsync(Members[1].PeerNodes()[0], cancellationToken)];
        await OpenChannelAsync(ordering, cancellationToken);
    }

    private async Task MakeOrganizationAsync(OrganizationName organization, CancellationToken cancellationToken)
    {
        var issuer = new CertificateIssuer(TimeProvider.System);
        var mspId = MspIdOf(organization.Value);
        await new CreateAuthorities(_stores.Identities, _stores.BroughtAuthorities, issuer).ApplyAsync(new(Name, organization, mspId, new()), cancellationToken);
        await new IssueUsers(_stores.Identities, issuer).ApplyAsync(new(Name, organization, mspId, new()), cancellationToken);
    }

    private async Task OpenChannelAsync(OrderingSpec ordering, CancellationToken cancellationToken)
    {
        var channel = new ChannelSpec { Name = Channel, Organizations = [.. Members.Select(member => member.Name)] };
        await new CreateGenesisBlock(_stores.Artifacts, _stores.Identities, TimeProvider.System)
            .ApplyAsync(new(Name, channel, ordering, Members, new("V2_0", "V2_0", "V2_5"), [Orderer], Peers), cancellationToken);
        await new JoinOrderer(Access, _stores.Artifacts).ApplyAsync(new(Name, Channel, Orderer), cancellationToken);
        foreach (var peer in Peers)
        {
            await new JoinPeer(Access, _stores.Artifacts, TimeProvider.System).ApplyAsync(new(Name, Channel, peer), cancellationToken);
        }

        var active = new OrdererActive(Access, _stores.Artifacts, TimeProvider.System);
        await UntilAsync(() => active.ApplyAsync(new(Name, Channel, Orderer), cancellationToken), cancellationToken);
    }

    private async Task<NodeEndpoint> StartOrdererAsync(NodeReference node, CancellationToken cancellationToken)
    {
        var files = await WriteIdentityAsync(node, NodeRole.Orderer, cancellationToken);
        var (port, admin) = (FreePort(), FreePort());
        await StartAsync("orderer", [], "Beginning to serve requests", new()
        {
            ["ORDERER_GENERAL_LISTENADDRESS"] = _host,
            ["ORDERER_GENERAL_LISTENPORT"] = $"{port}",
            ["ORDERER_GENERAL_LOCALMSPID"] = "OrdererMSP",
            ["ORDERER_GENERAL_LOCALMSPDIR"] = $"{files}/msp",
            ["ORDERER_GENERAL_BOOTSTRAPMETHOD"] = "none",
            ["ORDERER_CHANNELPARTICIPATION_ENABLED"] = "true",
            ["ORDERER_GENERAL_TLS_ENABLED"] = "true",
            ["ORDERER_GENERAL_TLS_CERTIFICATE"] = $"{files}/tls/server.crt",
            ["ORDERER_GENERAL_TLS_PRIVATEKEY"] = $"{files}/tls/server.key",
            ["ORDERER_GENERAL_TLS_ROOTCAS"] = $"[{files}/tls/ca.crt]",
            ["ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE"] = $"{files}/tls/server.crt",
            ["ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY"] = $"{files}/tls/server.key",
            ["ORDERER_GENERAL_CLUSTER_ROOTCAS"] = $"[{files}/tls/ca.crt]",
            ["ORDERER_ADMIN_LISTENADDRESS"] = $"{_host}:{admin}",
            ["ORDERER_ADMIN_TLS_ENABLED"] = "true",
            ["ORDERER_ADMIN_TLS_CERTIFICATE"] = $"{files}/tls/server.crt",
            ["ORDERER_ADMIN_TLS_PRIVATEKEY"] = $"{files}/tls/server.key",
            ["ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED"] = "true",
            ["ORDERER_ADMIN_TLS_CLIENTROOTCAS"] = $"[{files}/tls/ca.crt]",
            ["ORDERER_OPERATIONS_LISTENADDRESS"] = $"{_host}:{FreePort()}",
            ["ORDERER_FILELEDGER_LOCATION"] = $"{files}/ledger",
            ["ORDERER_CONSENSUS_WALDIR"] = $"{files}/wal",
            ["ORDERER_CONSENSUS_SNAPDIR"] = $"{files}/snapshots",
        }, cancellationToken);
        return new NodeEndpoint(node, NodeRole.Orderer, _host, port, admin, null);
    }

    private async Task<NodeEndpoint> StartPeerAsync(NodeReference node, CancellationToken cancellationToken)
    {
        var files = await WriteIdentityAsync(node, NodeRole.Peer, cancellationToken);
        var port = FreePort();
        var address = $"{_host}:{port}";
        var chaincode = $"{_host}:{FreePort()}";
        await StartAsync("peer", ["node", "start"], "Started peer with ID", new()
        {
            ["CORE_PEER_ID"] = $"{node}",
            ["CORE_PEER_LOCALMSPID"] = MspIdOf(node.Organization.Value).Value,
            ["CORE_PEER_MSPCONFIGPATH"] = $"{files}/msp",
            ["CORE_PEER_ADDRESS"] = address,
            ["CORE_PEER_LISTENADDRESS"] = address,
            ["CORE_PEER_CHAINCODEADDRESS"] = chaincode,
            ["CORE_PEER_CHAINCODELISTENADDRESS"] = chaincode,
            ["CORE_PEER_GOSSIP_BOOTSTRAP"] = address,
            ["CORE_PEER_GOSSIP_ENDPOINT"] = address,
            ["CORE_PEER_GOSSIP_EXTERNALENDPOINT"] = address,
            ["CORE_PEER_TLS_ENABLED"] = "true",
            ["CORE_PEER_TLS_CERT_FILE"] = $"{files}/tls/server.crt",
            ["CORE_PEER_TLS_KEY_FILE"] = $"{files}/tls/server.key",
            ["CORE_PEER_TLS_ROOTCERT_FILE"] = $"{files}/tls/ca.crt",
            ["CORE_PEER_FILESYSTEMPATH"] = $"{files}/data",
            ["CORE_LEDGER_SNAPSHOTS_ROOTDIR"] = $"{files}/snapshots",
            ["CORE_OPERATIONS_LISTENADDRESS"] = $"{_host}:{FreePort()}",
            ["CORE_VM_ENDPOINT"] = "",
        }, cancellationToken);
        return new NodeEndpoint(node, NodeRole.Peer, _host, port, null, null);
    }

    private async Task StartAsync(string program, string[] arguments, string readyText, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        environment["FABRIC_CFG_PATH"] = _defaults;
        await RunAsync(FabricBinaries.PathOf(program), arguments, readyText, environment, cancellationToken);
    }
}
