using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Testing;
using Baas.Testing.Fabric;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Fabric.Real;

/// <summary>A real orderer or peer on loopback, killed when the test ends.</summary>
internal sealed class RealNode : IAsyncDisposable
{
    private readonly RealOrganization _organization;
    private readonly TestFolder _folder;
    private readonly string _name;
    private readonly string _log;
    private Process? _process;

    public RealNode(RealOrganization organization, TestFolder folder, NodeRole role, int number)
    {
        (_organization, _folder, _name) = (organization, folder, $"node-{number}");
        _log = folder.In($"{organization.MspId}-{_name}.log");
        (SigningCertificate, TlsCertificate) = organization.WriteNode(_name, role == NodeRole.Peer ? "peer" : "orderer");
        var name = OrganizationName.Parse(organization.MspId.Value.ToLowerInvariant());
        var reference = role == NodeRole.Peer ? NodeReference.Peer(name, number) : NodeReference.Orderer(name, number);
        Endpoint = new NodeEndpoint(reference, role, "127.0.0.1", FreePort(), FreePort(), null);
    }

    public NodeEndpoint Endpoint { get; }

    public string SigningCertificate { get; }

    public string TlsCertificate { get; }

    public NodeTls Trust => new() { Roots = [_organization.Tls.Pem] };

    public NodeTls AdminTrust
    {
        get
        {
            var (certificate, key) = _organization.Tls.Issue("admin");
            return Trust with { Client = new ClientCertificate(certificate, key) };
        }
    }

    /// <summary>Starts the program and waits until its ports are open.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isPeer = Endpoint.Role == NodeRole.Peer;
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec \"$0\" {(isPeer ? "node start" : "")} >\"$1\" 2>&1", Path.Combine(FabricBinaries.Folder!, isPeer ? "peer" : "orderer"), _log])
        {
            WorkingDirectory = _folder.Path,
        };
        foreach (var (name, value) in isPeer ? Peer() : Orderer())
        {
            start.Environment[name] = value;
        }

        start.Environment["FABRIC_CFG_PATH"] = Path.GetFullPath(Path.Combine(FabricBinaries.Folder!, "..", "config"));
        _process = Process.Start(start)!;
        await Until.TrueAsync(IsListeningAsync, Log, cancellationToken);
    }

    /// <summary>The end of what the program has said.</summary>
    public string Log() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(30)) : "";

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    // Below the ports that systems hand out to clients: nodes that dial each other would take those before the next node starts.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one may be free.
                continue;
            }
        }
    }

    private async Task<bool> IsListeningAsync()
    {
        using var client = new TcpClient();
        try
        {
            // An orderer opens its admin port last.
            await client.ConnectAsync(IPAddress.Loopback, Endpoint.Role == NodeRole.Orderer ? Endpoint.AdminPort!.Value : Endpoint.Port);
            return true;
        }
        catch (SocketException)
        {
            return _process!.HasExited ? throw new InvalidOperationException(Log()) : false;
        }
    }

    private string In(params string[] names) => _folder.In([$"{_organization.MspId}", _name, .. names]);

    private Dictionary<string, string> Orderer() => new()
    {
        ["ORDERER_GENERAL_LISTENADDRESS"] = "127.0.0.1",
        ["ORDERER_GENERAL_LISTENPORT"] = $"{Endpoint.Port}",
        ["ORDERER_GENERAL_LOCALMSPID"] = _organization.MspId.Value,
        ["ORDERER_GENERAL_LOCALMSPDIR"] = In("msp"),
        ["ORDERER_GENERAL_BOOTSTRAPMETHOD"] = "none",
        ["ORDERER_CHANNELPARTICIPATION_ENABLED"] = "true",
        ["ORDERER_GENERAL_TLS_ENABLED"] = "true",
        ["ORDERER_GENERAL_TLS_PRIVATEKEY"] = In("tls", "key.pem"),
        ["ORDERER_GENERAL_TLS_CERTIFICATE"] = In("tls", "cert.pem"),
        ["ORDERER_GENERAL_TLS_ROOTCAS"] = $"[{In("tls", "ca.pem")}]",
        ["ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE"] = In("tls", "cert.pem"),
        ["ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY"] = In("tls", "key.pem"),
        ["ORDERER_GENERAL_CLUSTER_ROOTCAS"] = $"[{In("tls", "ca.pem")}]",
        ["ORDERER_ADMIN_LISTENADDRESS"] = $"127.0.0.1:{Endpoint.AdminPort}",
        ["ORDERER_ADMIN_TLS_ENABLED"] = "true",
        ["ORDERER_ADMIN_TLS_CERTIFICATE"] = In("tls", "cert.pem"),
        ["ORDERER_ADMIN_TLS_PRIVATEKEY"] = In("tls", "key.pem"),
        ["ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED"] = "true",
        ["ORDERER_ADMIN_TLS_CLIENTROOTCAS"] = $"[{In("tls", "ca.pem")}]",
        ["ORDERER_OPERATIONS_LISTENADDRESS"] = "127.0.0.1:0",
        ["ORDERER_FILELEDGER_LOCATION"] = In("data", "ledger"),
        ["ORDERER_CONSENSUS_WALDIR"] = In("data", "wal"),
        ["ORDERER_CONSENSUS_SNAPDIR"] = In("data", "snap"),
    };

    private Dictionary<string, string> Peer()
    {
        var chaincode = $"127.0.0.1:{FreePort()}";
        return new()
        {
            ["CORE_PEER_ID"] = _name,
            ["CORE_PEER_LOCALMSPID"] = _organization.MspId.Value,
            ["CORE_PEER_MSPCONFIGPATH"] = In("msp"),
            ["CORE_PEER_ADDRESS"] = Endpoint.Address,
            ["CORE_PEER_LISTENADDRESS"] = Endpoint.Address,
            ["CORE_PEER_CHAINCODEADDRESS"] = chaincode,
            ["CORE_PEER_CHAINCODELISTENADDRESS"] = chaincode,
            ["CORE_PEER_GOSSIP_BOOTSTRAP"] = Endpoint.Address,
            ["CORE_PEER_GOSSIP_EXTERNALENDPOINT"] = Endpoint.Address,
            ["CORE_PEER_TLS_ENABLED"] = "true",
            ["CORE_PEER_TLS_CERT_FILE"] = In("tls", "cert.pem"),
            ["CORE_PEER_TLS_KEY_FILE"] = In("tls", "key.pem"),
            ["CORE_PEER_TLS_ROOTCERT_FILE"] = In("tls", "ca.pem"),
            ["CORE_PEER_FILESYSTEMPATH"] = In("data"),
            ["CORE_LEDGER_SNAPSHOTS_ROOTDIR"] = In("data", "snapshots"),
            ["CORE_OPERATIONS_LISTENADDRESS"] = "127.0.0.1:0",
            ["CORE_VM_ENDPOINT"] = "",
        };
    }
}
