using Baas.Core.Networks;

namespace Baas.Core.Storage.Identities;

/// <summary>A node's identity towards the network and its TLS identity.</summary>
/// <param name="MspId">The organization's MSP id.</param>
/// <param name="Signing">The identity that signs blocks or endorsements; null for nodes without one (chaincode servers).</param>
/// <param name="Tls">The certificate that the node shows, as server and as client.</param>
public sealed record NodeIdentity(MspId MspId, KeyPair? Signing, KeyPair Tls)
{
    /// <summary>Changes with the certificates; pods carry it, so that a renewed certificate restarts them.</summary>
    public string Fingerprint() => KeyPair.FingerprintOf(Signing, Tls);

    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => $"NodeIdentity of {MspId}";
}
