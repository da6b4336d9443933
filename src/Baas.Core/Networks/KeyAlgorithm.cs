namespace Baas.Core.Networks;

/// <summary>The curve of an organization's ECDSA keys.</summary>
public enum KeyAlgorithm
{
    /// <summary>NIST P-256.</summary>
    P256,

    /// <summary>NIST P-384.</summary>
    P384,
}
