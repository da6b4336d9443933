using System.Security.Cryptography;
using Baas.Core.Keys;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Identities;

/// <summary>Makes signers, whatever the kind of the key.</summary>
public static class Signers
{
    /// <summary>Makes a signer from PEM texts: ECDSA on P-256 or P-384, or Ed25519. The caller disposes it.</summary>
    /// <param name="mspId">The organization's MSP id.</param>
    /// <param name="certificatePem">The signing certificate.</param>
    /// <param name="privateKeyPem">Its private key.</param>
    /// <exception cref="CryptographicException">Fabric accepts no such key.</exception>
    /// <exception cref="ArgumentException">The text is no PEM.</exception>
    public static ISigner FromPem(MspId mspId, string certificatePem, string privateKeyPem) => Ed25519Key.IsIn(privateKeyPem)
        ? Ed25519Signer.FromPem(mspId, certificatePem, privateKeyPem)
        : EcdsaSigner.FromPem(mspId, certificatePem, privateKeyPem);
}
