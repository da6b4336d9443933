using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>The curve of an organization's ECDSA keys.</summary>
public enum KeyAlgorithm
{
    /// <summary>NIST P-256.</summary>
    [JsonStringEnumMemberName("P-256")]
    P256,

    /// <summary>NIST P-384.</summary>
    [JsonStringEnumMemberName("P-384")]
    P384,
}
