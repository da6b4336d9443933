using System.Security.Cryptography;
using Baas.Core.Keys;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Identities;

/// <summary>Signs with a private key in memory: P-256 or P-384. Safe for use by many threads.</summary>
public sealed class EcdsaSigner : ISigner
{
    private readonly ECDsa _key;
    private readonly LowS _lowS;

    // A key handle of the platform is not documented to be safe for concurrent use.
    private readonly Lock _gate = new();

    private EcdsaSigner(Identity identity, ECDsa key)
    {
        Identity = identity;
        _key = key;
        _lowS = LowS.For(key.KeySize);
    }

    /// <inheritdoc/>
    public Identity Identity { get; }

    /// <summary>Makes a signer from PEM texts.</summary>
    /// <param name="mspId">The organization's MSP id.</param>
    /// <param name="certificatePem">The signing certificate.</param>
    /// <param name="privateKeyPem">Its private key.</param>
    /// <exception cref="CryptographicException">The key is no ECDSA key on a curve that Fabric accepts.</exception>
    public static EcdsaSigner FromPem(MspId mspId, string certificatePem, string privateKeyPem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(privateKeyPem);
            return new EcdsaSigner(new Identity(mspId, certificatePem), key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> signature = stackalloc byte[2 * LowS.LongestScalar];
        int written;
        lock (_gate)
        {
            // SHA-256 for P-384 as well: Fabric's MSP hashes with it whatever the curve.
            if (!_key.TrySignData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out written))
            {
                throw new CryptographicException("the signature is longer than the curve allows");
            }
        }

        return _lowS.ToDer(signature[..written]);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
