using Baas.Core.Networks;

namespace Baas.Core.Fabric.Channels;

/// <summary>An orderer that takes part in consensus.</summary>
/// <param name="Address">Where it listens, for clients and for the other orderers.</param>
/// <param name="MspId">Its organization's MSP id.</param>
/// <param name="SigningCertificate">Its signing certificate, PEM; only BFT asks for it.</param>
/// <param name="TlsCertificate">Its TLS certificate, PEM, without issuers; the orderer shows it as server and as client.</param>
internal sealed record ChannelConsenter(ChannelAddress Address, MspId MspId, string SigningCertificate, string TlsCertificate);
