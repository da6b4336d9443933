using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>The kind of an organization's keys: an ECDSA curve, or Ed25519 for its identities.</summary>
public enum KeyAlgorithm
{
    /// <summary>NIST P-256.</summary>
    [JsonStringEnumMemberName("P-256")]
    P256,

    /// <summary>NIST P-384.</summary>
    [JsonStringEnumMemberName("P-384")]
    P384,

    /// <summary>Ed25519 for identities, as of Fabric 3 and the channel capability V3_0. TLS keys are on P-256 then.</summary>
    [JsonStringEnumMemberName("ed25519")]
    Ed25519,
}
