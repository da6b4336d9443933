using System.Security.Cryptography;
using Baas.Core.Keys;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Identities;

/// <summary>Signs with an Ed25519 key in memory (Fabric 3, channel capability V3_0). Safe for use by many threads.</summary>
public sealed class Ed25519Signer : ISigner
{
    private readonly Ed25519Key _key;

    private Ed25519Signer(Identity identity, Ed25519Key key)
    {
        Identity = identity;
        _key = key;
    }

    /// <inheritdoc/>
    public Identity Identity { get; }

    /// <summary>Makes a signer from PEM texts.</summary>
    /// <param name="mspId">The organization's MSP id.</param>
    /// <param name="certificatePem">The signing certificate.</param>
    /// <param name="privateKeyPem">Its private key, PKCS#8.</param>
    /// <exception cref="CryptographicException">The key is no Ed25519 key.</exception>
    public static Ed25519Signer FromPem(MspId mspId, string certificatePem, string privateKeyPem) =>
        new(new Identity(mspId, certificatePem), Ed25519Key.Read(privateKeyPem));

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message) => _key.Sign(message);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
