using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Baas.Sandbox.Emulation;
using Baas.Sandbox.Pods;
using Google.Protobuf;

namespace Baas.Sandbox.Tests.Emulation;

/// <summary>A container with an orderer or a peer: its certificates, its volume, its address.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private static int Addresses = Random.Shared.Next(0x10000, 0xFE0000);

    private readonly string _folder;
    private readonly TestOrganization _organization;
    private readonly bool _isOrderer;
    private IRunningContainer? _container;

    public TestNode(TestOrganization organization, string name, bool isOrderer, string root)
    {
        _organization = organization;
        _isOrderer = isOrderer;
        _folder = Path.Combine(root, name);
        var address = Interlocked.Increment(ref Addresses);
        Address = new IPAddress([127, (byte)(address >> 16), (byte)(address >> 8), (byte)address]);
        Identity = organization.Issue(name, isOrderer ? "orderer" : "peer");
        Tls = organization.IssueTls(name, Address);
        organization.WriteMsp(Path.Combine(_folder, "msp"), Identity);
        TestOrganization.WriteTls(Path.Combine(_folder, "tls"), Tls, organization.TlsRootPem);
        Directory.CreateDirectory(DataFolder);
    }

    public IPAddress Address { get; }

    public TestIdentity Identity { get; }

    public X509Certificate2 Tls { get; }

    public ByteString TlsPem => ByteString.CopyFromUtf8(Tls.ExportCertificatePem());

    public string MspFolder => Path.Combine(_folder, "msp");

    public string DataFolder => Path.Combine(_folder, "data");

    public List<string> Log { get; } = [];

    public Dictionary<string, string> Overrides { get; } = [];

    public ContainerLaunch Launch => new()
    {
        Namespace = "test",
        Pod = "node-0",
        Container = "node",
        Image = _isOrderer ? "hyperledger/fabric-orderer:3.1.5" : "hyperledger/fabric-peer:3.1.5",
        Command = [],
        Environment = (_isOrderer ? OrdererEnvironment() : PeerEnvironment()).Concat(Overrides).GroupBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Last().Value),
        Mounts =
        [
            new ContainerMount("/msp", Path.Combine(_folder, "msp"), true),
            new ContainerMount("/tls", Path.Combine(_folder, "tls"), true),
            new ContainerMount("/var/hyperledger/production", DataFolder, false),
        ],
        Folder = Path.Combine(_folder, "container"),
        Address = Address,
        Resolve = _ => null,
        Log = line =>
        {
            lock (Log)
            {
                Log.Add(line);
            }
        },
    };

    public async Task<IRunningContainer> StartAsync(EmulatedRuntime runtime) => _container = await runtime.StartAsync(Launch, CancellationToken.None);

    public Task StopAsync() => _container!.StopAsync(TimeSpan.FromSeconds(1));

    /// <summary>A client of the node's gRPC port.</summary>
    public TestGrpc Grpc(TestOrganization? trust = null) => new(Address, _isOrderer ? 7050 : 7051, trust ?? _organization, null);

    /// <summary>A client of the node's REST ports.</summary>
    public HttpClient Http(int port, X509Certificate2? client) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            ClientCertificates = client is null ? null : [client],
            LocalCertificateSelectionCallback = client is null ? null : (_, _, _, _, _) => client,
        },
    })
    { BaseAddress = new Uri($"{(port == 9443 ? "https" : "http")}://{Address}:{port}") };

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }

    private Dictionary<string, string> OrdererEnvironment() => new()
    {
        ["ORDERER_GENERAL_LISTENADDRESS"] = "0.0.0.0",
        ["ORDERER_GENERAL_LISTENPORT"] = "7050",
        ["ORDERER_GENERAL_LOCALMSPID"] = _organization.MspId,
        ["ORDERER_GENERAL_LOCALMSPDIR"] = "/msp",
        ["ORDERER_GENERAL_TLS_ENABLED"] = "true",
        ["ORDERER_GENERAL_TLS_CERTIFICATE"] = "/tls/tls.crt",
        ["ORDERER_GENERAL_TLS_PRIVATEKEY"] = "/tls/tls.key",
        ["ORDERER_GENERAL_TLS_ROOTCAS"] = "[/tls/ca.crt]",
        ["ORDERER_CHANNELPARTICIPATION_ENABLED"] = "true",
        ["ORDERER_ADMIN_LISTENADDRESS"] = "0.0.0.0:9443",
        ["ORDERER_ADMIN_TLS_ENABLED"] = "true",
        ["ORDERER_ADMIN_TLS_CERTIFICATE"] = "/tls/tls.crt",
        ["ORDERER_ADMIN_TLS_PRIVATEKEY"] = "/tls/tls.key",
        ["ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED"] = "true",
        ["ORDERER_ADMIN_TLS_CLIENTROOTCAS"] = "[/tls/ca.crt]",
        ["ORDERER_OPERATIONS_LISTENADDRESS"] = "0.0.0.0:8443",
        ["ORDERER_FILELEDGER_LOCATION"] = "/var/hyperledger/production/orderer",
    };

    private Dictionary<string, string> PeerEnvironment() => new()
    {
        ["CORE_PEER_ID"] = "peer",
        ["CORE_PEER_LOCALMSPID"] = _organization.MspId,
        ["CORE_PEER_MSPCONFIGPATH"] = "/msp",
        ["CORE_PEER_ADDRESS"] = $"{Address}:7051",
        ["CORE_PEER_LISTENADDRESS"] = "0.0.0.0:7051",
        ["CORE_PEER_TLS_ENABLED"] = "true",
        ["CORE_PEER_TLS_CERT_FILE"] = "/tls/tls.crt",
        ["CORE_PEER_TLS_KEY_FILE"] = "/tls/tls.key",
        ["CORE_PEER_TLS_ROOTCERT_FILE"] = "/tls/ca.crt",
        ["CORE_OPERATIONS_LISTENADDRESS"] = "0.0.0.0:9444",
    };
}
