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
    /// <summary>The advertised address, <c>host:port</c>.</summary>
    public string Address => $"{Host}:{Port}";
}
