using System.Security.Cryptography;
using Baas.Core.Networks;

namespace Baas.Core.Keys;

/// <summary>An ECDSA key, and what Fabric asks of it and of its signatures on certificates.</summary>
internal sealed class EcdsaKey : IPrivateKey
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";

    private readonly ECDsa _key;

    private EcdsaKey(ECDsa key) => _key = key;

    /// <inheritdoc/>
    public string SignatureAlgorithm => IsLong ? EcdsaWithSha384 : EcdsaWithSha256;

    /// <inheritdoc/>
    public byte[] PublicKeyInfo => _key.ExportSubjectPublicKeyInfo();

    /// <summary>Whether Fabric accepts the key's curve.</summary>
    public bool IsAccepted =>
        _key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid: var oid }
        && (oid.Value ?? Oid.FromFriendlyName(oid.FriendlyName!, OidGroup.PublicKeyAlgorithm).Value) is "1.2.840.10045.3.1.7" or "1.3.132.0.34"; // a named curve has one of both

    private bool IsLong => _key.KeySize > 256;

    /// <summary>Makes a key.</summary>
    /// <param name="algorithm">P-256 or P-384.</param>
    public static EcdsaKey Create(KeyAlgorithm algorithm) =>
        new(ECDsa.Create(algorithm == KeyAlgorithm.P384 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key.</summary>
    /// <exception cref="CryptographicException">The text holds no ECDSA key.</exception>
    /// <exception cref="ArgumentException">The text is no PEM.</exception>
    public static EcdsaKey Read(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new EcdsaKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string ToPem() => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>
    /// Signs, DER. Of the two values of S that are valid it takes the smaller: Fabric rewrites certificates that carry the other,
    /// and then knows them by other bytes than their owner (msp/mspimpl.go, sanitizeCert).
    /// </summary>
    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        var hash = IsLong ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        return LowS.For(_key.KeySize).ToDer(_key.SignData(content, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
