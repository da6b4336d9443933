using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>Where one node listens, as observed in its cluster.</summary>
/// <param name="Node">The node.</param>
/// <param name="Role">What it does.</param>
/// <param name="Host">The advertised host: a DNS name or an IP address; it stands in certificates and channel configs.</param>
/// <param name="Port">The advertised gRPC port.</param>
/// <param name="AdminPort">The advertised port of the orderer's channel participation API, or null for other roles.</param>
/// <param name="Dial">The host that Baas itself connects to; TLS still checks <paramref name="Host"/>. Null: the same as <paramref name="Host"/>.</param>
public sealed record NodeEndpoint(NodeReference Node, NodeRole Role, string Host, int Port, int? AdminPort, string? Dial)
{
    private const string InCluster = ".svc";

    /// <summary>The name that leads to the node today, where <see cref="Host"/> is that of a place in which its network was before; null elsewhere.</summary>
    /// <remarks>Channels go on naming <see cref="Host"/>; the pods of the network alone know where it leads.</remarks>
    public string? Own { get; init; }

    /// <summary>The address of the node's Service within its cluster, where <see cref="Own"/> is set.</summary>
    public string? OwnAddress { get; init; }

    /// <summary>The advertised address, <c>host:port</c>.</summary>
    public string Address => $"{Host}:{Port}";

    /// <summary>What the pods of its network have to be told to find it; null where DNS knows it.</summary>
    [JsonIgnore]
    public HostAlias? Alias => OwnAddress is null ? null : new HostAlias(OwnAddress, Host);

    /// <summary>The host under which others than the nodes of its network reach it.</summary>
    [JsonIgnore]
    public string Reached => Own ?? Host;

    /// <summary>Whether it listens at a name that belongs to its namespace, and that nobody else can have.</summary>
    [JsonIgnore]
    public bool IsNamedByCluster => Host.EndsWith(InCluster, StringComparison.Ordinal);

    /// <summary>The same node, known to its network as before: where both names belong to namespaces, and differ.</summary>
    /// <param name="former">Where channels and other nodes know it.</param>
    /// <param name="address">The address of its Service within its cluster; null: it has none.</param>
    public NodeEndpoint KnownAs(NodeEndpoint former, string? address) =>
        former.Host == Host || !IsNamedByCluster || !former.IsNamedByCluster || address is null
            ? this
            : this with { Host = former.Host, Dial = Dial ?? Host, Own = Host, OwnAddress = address };
}
