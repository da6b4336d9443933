using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Chaincodes;
using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Emulation.Trust;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>An emulated peer: its identity, its channels, its packages.</summary>
internal sealed class PeerNode : IAsyncDisposable
{
    /// <summary>The policy of those who read a channel.</summary>
    public const string Readers = "/Channel/Application/Readers";

    /// <summary>The policy of those who write to a channel.</summary>
    public const string Writers = "/Channel/Application/Writers";

    private readonly ConcurrentDictionary<string, (PeerChannel Channel, BlockPuller Puller)> _channels = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly Lock _gate = new();

    /// <summary>Reads the settings and opens the channels that are on the volume.</summary>
    /// <exception cref="EmulationException">A real peer would not start with these settings either.</exception>
    public PeerNode(ContainerLaunch launch, NodeSettings settings, PeerCluster cluster, ChaincodeCluster chaincodes, TimeProvider clock)
    {
        Cluster = cluster;
        Chaincodes = chaincodes;
        Clock = clock;
        Log = launch.Log;
        Resolve = launch.Resolve;
        Address = settings.Text("CORE_PEER_ADDRESS", settings.EndPoint("CORE_PEER_LISTENADDRESS", "0.0.0.0:7051").ToString());
        Msp = new LocalMsp(settings.HostPath(settings.Text("CORE_PEER_MSPCONFIGPATH", "msp")), settings.Text("CORE_PEER_LOCALMSPID", "SampleOrg"), clock);
        if (settings.Flag("CORE_PEER_TLS_ENABLED"))
        {
            ServerCertificate = settings.KeyPair("CORE_PEER_TLS_CERT_FILE", "CORE_PEER_TLS_KEY_FILE");
            ClientCertificate = settings.Text("CORE_PEER_TLS_CLIENTCERT_FILE", string.Empty).Length > 0 ? settings.KeyPair("CORE_PEER_TLS_CLIENTCERT_FILE", "CORE_PEER_TLS_CLIENTKEY_FILE") : ServerCertificate;
        }

        _folder = settings.HostPath(settings.Text("CORE_PEER_FILESYSTEMPATH", "/var/hyperledger/production"));
        Packages = new InstalledPackages(Path.Combine(_folder, "lifecycle", "chaincodes"));
        Endorser = new EndorserService(this);
        foreach (var folder in Directory.Exists(LedgersFolder) ? Directory.GetDirectories(LedgersFolder) : [])
        {
            if (BlockStore.IsEmpty(folder))
            {
                Directory.Delete(folder, recursive: true); // nobody was told that this channel was joined
                continue;
            }

            Open(Path.GetFileName(folder), null);
        }
    }

    /// <summary>The other peers.</summary>
    public PeerCluster Cluster { get; }

    /// <summary>The chaincode servers.</summary>
    public ChaincodeCluster Chaincodes { get; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Prints a line.</summary>
    public Action<string> Log { get; }

    /// <summary>The cluster's DNS.</summary>
    public Func<string, IPAddress?> Resolve { get; }

    /// <summary>The address that it is known by.</summary>
    public string Address { get; }

    /// <summary>Its signing identity.</summary>
    public LocalMsp Msp { get; }

    /// <summary>Its TLS certificate, or null without TLS.</summary>
    public X509Certificate2? ServerCertificate { get; }

    /// <summary>The certificate that it shows to orderers.</summary>
    public X509Certificate2? ClientCertificate { get; }

    /// <summary>Answers proposals.</summary>
    public EndorserService Endorser { get; }

    /// <summary>The packages on its volume.</summary>
    public InstalledPackages Packages { get; }

    /// <summary>The channels, by name.</summary>
    public IEnumerable<PeerChannel> Channels => _channels.Values.Select(entry => entry.Channel).OrderBy(channel => channel.Name, StringComparer.Ordinal);

    private string LedgersFolder => Path.Combine(_folder, "ledgersData", "chains");

    /// <summary>The channel, or null.</summary>
    public PeerChannel? Find(string name) => _channels.TryGetValue(name, out var entry) ? entry.Channel : null;

    /// <summary>Joins a channel and begins to fetch its blocks.</summary>
    /// <exception cref="EmulationException">The channel has been joined before, or the block is not its beginning.</exception>
    public void Join(string name, Block genesis)
    {
        lock (_gate)
        {
            if (_channels.ContainsKey(name))
            {
                throw new EmulationException($"cannot create ledger from genesis block: ledger [{name}] already exists with state [ACTIVE]");
            }

            Open(name, genesis).Start();
        }

        Log($"Joined channel [{name}]");
    }

    /// <summary>Begins to fetch blocks of the channels that were on the volume.</summary>
    public void Start()
    {
        foreach (var (_, puller) in _channels.Values)
        {
            puller.Start();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (channel, puller) in _channels.Values)
        {
            await puller.DisposeAsync();
            channel.Dispose();
        }

        Msp.Dispose();
        ServerCertificate?.Dispose();
    }

    private BlockPuller Open(string name, Block? genesis)
    {
        var channel = new PeerChannel(this, name, Path.Combine(LedgersFolder, name), genesis);
        var puller = new BlockPuller(this, channel);
        _channels[name] = (channel, puller);
        return puller;
    }
}
