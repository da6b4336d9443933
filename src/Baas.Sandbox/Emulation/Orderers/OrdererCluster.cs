using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>The emulated orderers of this process. It stands for the network between them: who is at which address, and who may order next.</summary>
internal sealed class OrdererCluster
{
    // Consenters are looked up for every block; their certificates stay the same objects as long as their configuration is in force.
    private static readonly ConditionalWeakTable<ByteString, byte[]> Keys = [];

    private readonly ConcurrentDictionary<IPEndPoint, OrdererNode> _nodes = new();
    private readonly ConcurrentDictionary<ByteString, SemaphoreSlim> _gates = new();

    /// <summary>All orderers that run.</summary>
    public IEnumerable<OrdererNode> Nodes => _nodes.Values;

    /// <summary>Says that an orderer can be reached.</summary>
    public void Add(OrdererNode node) => _nodes[node.EndPoint] = node;

    /// <summary>Says that an orderer is gone.</summary>
    public void Remove(OrdererNode node) => _nodes.TryRemove(KeyValuePair.Create(node.EndPoint, node));

    /// <summary>The lock under which the blocks of one channel are made, wherever that happens.</summary>
    /// <param name="genesis">The hash of the channel's first block.</param>
    public SemaphoreSlim Gate(ByteString genesis) => _gates.GetOrAdd(genesis, _ => new SemaphoreSlim(1));

    /// <summary>The orderer behind a consenter, if it runs at the address that the channel names and has the TLS keys that the channel expects.</summary>
    /// <param name="consenter">The consenter as the channel's configuration has it.</param>
    /// <param name="resolve">The DNS of the one who asks.</param>
    public OrdererNode? Reach(Consenter consenter, Func<string, IPAddress?> resolve)
    {
        var address = IPAddress.TryParse(consenter.Host, out var literal) ? literal : resolve(consenter.Host);
        if (address is null || !_nodes.TryGetValue(new IPEndPoint(address, (int)consenter.Port), out var node))
        {
            return null;
        }

        return IsPaired(consenter, node) ? node : null;
    }

    /// <summary>Whether two certificates hold the same public key, which is what consenters are recognised by.</summary>
    public static bool IsSameKey(ByteString pem, X509Certificate2? certificate) =>
        certificate is not null && Keys.GetValue(pem, KeyOf).AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    private static byte[] KeyOf(ByteString pem) => Pem.Certificates(pem.Memory).First().X509.PublicKey.ExportSubjectPublicKeyInfo();

    private static bool IsPaired(Consenter consenter, OrdererNode node) =>
        IsSameKey(consenter.ServerTlsCert, node.ServerCertificate) && IsSameKey(consenter.ClientTlsCert, node.ClientCertificate) && node.ServerCertificate!.MatchesHostname(consenter.Host);
}
