using System.Security.Cryptography;
using System.Text;

namespace Baas.Core.Storage.Identities;

/// <summary>A certificate with its private key. Only ever stored encrypted, never in history or logs.</summary>
/// <param name="CertificatePem">
/// The certificate, followed by the issuers that a reader has to be shown: those of a TLS certificate up to the root's last intermediate,
/// those of an authority up to its root, none for a signing certificate (Fabric refuses an identity with anything behind its certificate).
/// </param>
/// <param name="PrivateKeyPem">The key, PKCS#8.</param>
public sealed record KeyPair(string CertificatePem, string PrivateKeyPem)
{
    private const string End = "-----END CERTIFICATE-----\n";

    /// <summary>The certificate alone, without its issuers.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string LeafPem => CertificatePem.IndexOf(End, StringComparison.Ordinal) is var end and >= 0 ? CertificatePem[..(end + End.Length)] : CertificatePem;

    /// <summary>What changes when one of an identity's two certificates does.</summary>
    /// <param name="signing">The pair that signs; null where there is none.</param>
    /// <param name="tls">The pair for TLS.</param>
    internal static string FingerprintOf(KeyPair? signing, KeyPair tls) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{signing?.CertificatePem}\n{tls.CertificatePem}")));

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "KeyPair";
}
