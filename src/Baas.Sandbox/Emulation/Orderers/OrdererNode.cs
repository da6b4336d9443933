using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Emulation.Trust;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>An emulated orderer: its identity and its channels.</summary>
internal sealed class OrdererNode : IDisposable
{
    private readonly ConcurrentDictionary<string, OrdererChannel> _channels = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly Lock _gate = new();

    /// <summary>Reads the settings and opens the channels that are on the volume.</summary>
    /// <exception cref="EmulationException">A real orderer would not start with these settings either.</exception>
    public OrdererNode(ContainerLaunch launch, NodeSettings settings, OrdererCluster cluster, TimeProvider clock)
    {
        Cluster = cluster;
        Clock = clock;
        Log = launch.Log;
        Resolve = launch.Resolve;
        EndPoint = new IPEndPoint(launch.Address, settings.EndPoint("ORDERER_GENERAL_LISTENPORT", "7050").Port);
        Msp = new LocalMsp(settings.HostPath(settings.Text("ORDERER_GENERAL_LOCALMSPDIR", "msp")), settings.Text("ORDERER_GENERAL_LOCALMSPID", "SampleOrg"), clock);
        ServerCertificate = settings.Flag("ORDERER_GENERAL_TLS_ENABLED") ? settings.KeyPair("ORDERER_GENERAL_TLS_CERTIFICATE", "ORDERER_GENERAL_TLS_PRIVATEKEY") : null;
        ClientCertificate = settings.Text("ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE", string.Empty).Length > 0
            ? settings.KeyPair("ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE", "ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY")
            : ServerCertificate;
        _folder = settings.HostPath(settings.Text("ORDERER_FILELEDGER_LOCATION", "/var/hyperledger/production/orderer"));
        foreach (var folder in Directory.Exists(ChainsFolder) ? Directory.GetDirectories(ChainsFolder) : [])
        {
            if (!File.Exists(JoinBlockIn(folder)) && BlockStore.IsEmpty(folder))
            {
                Directory.Delete(folder, recursive: true); // nobody was told that this channel was joined
                continue;
            }

            Open(Path.GetFileName(folder), null);
        }
    }

    /// <summary>The other orderers.</summary>
    public OrdererCluster Cluster { get; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Prints a line.</summary>
    public Action<string> Log { get; }

    /// <summary>The cluster's DNS.</summary>
    public Func<string, IPAddress?> Resolve { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Its signing identity.</summary>
    public LocalMsp Msp { get; }

    /// <summary>Its TLS certificate, or null when it has none.</summary>
    public X509Certificate2? ServerCertificate { get; }

    /// <summary>The certificate that it shows to other orderers.</summary>
    public X509Certificate2? ClientCertificate { get; }

    /// <summary>The channels, by name.</summary>
    public IEnumerable<OrdererChannel> Channels => _channels.Values.OrderBy(channel => channel.Name, StringComparer.Ordinal);

    private string ChainsFolder => Path.Combine(_folder, "chains");

    /// <summary>The channel, or null.</summary>
    public OrdererChannel? Find(string name) => _channels.GetValueOrDefault(name);

    /// <summary>Whether the configuration names this orderer: by TLS key for raft, by identity for BFT.</summary>
    public bool IsConsenter(ChannelConfig config) => NumberIn(config) is not null;

    /// <summary>The consenter's number in the configuration; 0 for raft, null when it is none.</summary>
    public uint? NumberIn(ChannelConfig config) => config.Consenters.FirstOrDefault(consenter => config.IsBft
        ? consenter.MspId == Msp.Id && Pem.Certificates(consenter.Identity.Memory).First().Is(Msp.Identity.Certificate)
        : OrdererCluster.IsSameKey(consenter.ServerTlsCert, ServerCertificate))?.Id;

    /// <summary>Joins a channel.</summary>
    /// <returns>The channel, or null when it has been joined before.</returns>
    /// <exception cref="EmulationException">The block is not one to join with.</exception>
    public OrdererChannel? Join(string name, ChannelConfig config, Block block)
    {
        OrdererChannel channel;
        lock (_gate)
        {
            if (_channels.ContainsKey(name))
            {
                return null;
            }

            ConsenterCertificates.Demand(config);
            channel = Open(name, block);
        }

        CatchUp();
        Log($"[channel: {name}] joined as {channel.Relation}, {channel.Status}, height {channel.Store.Height}");
        return channel;
    }

    /// <summary>Leaves a channel and deletes its ledger.</summary>
    /// <returns>Whether the channel was there.</returns>
    public bool Remove(string name)
    {
        lock (_gate)
        {
            if (!_channels.TryRemove(name, out var channel))
            {
                return false;
            }

            channel.Dispose();
            Directory.Delete(Path.Combine(ChainsFolder, name), recursive: true);
            Log($"[channel: {name}] removed");
            return true;
        }
    }

    /// <summary>Brings this orderer's channels, and those that wait for this orderer, up to date.</summary>
    public void CatchUp()
    {
        foreach (var channel in Channels)
        {
            channel.CatchUp();
            foreach (var other in Cluster.Nodes.Select(node => node.Find(channel.Name)).OfType<OrdererChannel>().Where(other => other != channel && other.Store.Height < channel.Store.Height))
            {
                other.CatchUp();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }

        Msp.Dispose();
        ServerCertificate?.Dispose();
    }

    // The join block lies beside the blocks until the ledger has gone past it.
    private OrdererChannel Open(string name, Block? joinBlock)
    {
        var folder = Path.Combine(ChainsFolder, name);
        var file = JoinBlockIn(folder);
        if (joinBlock is not null)
        {
            Directory.CreateDirectory(folder);
            DurableFile.Write(file, joinBlock);
        }
        else if (File.Exists(file))
        {
            joinBlock = Block.Parser.ParseFrom(File.ReadAllBytes(file));
        }

        var channel = new OrdererChannel(this, name, new BlockStore(folder), joinBlock);
        if (joinBlock is { Header.Number: 0 } && channel.Store.Height == 0 && channel.IsConsenter)
        {
            channel.Adopt(joinBlock, mustBeSigned: false);
        }

        _channels[name] = channel;
        return channel;
    }

    private static string JoinBlockIn(string folder) => Path.Combine(folder, "join.block");
}
