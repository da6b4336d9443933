using System.Globalization;

namespace Baas.Core.Fabric.Channels;

/// <summary>Where a node listens, as a channel's configuration says it.</summary>
/// <param name="Host">The advertised host.</param>
/// <param name="Port">The advertised gRPC port.</param>
internal readonly record struct ChannelAddress(string Host, int Port)
{
    /// <summary><c>host:port</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
