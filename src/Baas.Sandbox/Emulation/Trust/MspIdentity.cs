using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Msp;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>A valid identity of an MSP.</summary>
internal sealed class MspIdentity
{
    private readonly ECDsa? _ecdsa;
    private readonly Lock _gate = new();

    /// <summary>Makes one of what an MSP has checked.</summary>
    /// <exception cref="EmulationException">The key is neither ECDSA nor Ed25519.</exception>
    public MspIdentity(string mspId, Certificate certificate, ByteString serialized)
    {
        MspId = mspId;
        Certificate = certificate;
        Serialized = serialized;
        _ecdsa = certificate.X509.GetECDsaPublicKey();
        if (_ecdsa is null && !EdwardsKeys.Has(certificate.X509))
        {
            throw new EmulationException($"cannot accept identity of MSP \"{mspId}\": its key is neither ECDSA nor Ed25519");
        }
    }

    /// <summary>The MSP.</summary>
    public string MspId { get; }

    /// <summary>The certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>The bytes of the <see cref="SerializedIdentity"/>.</summary>
    public ByteString Serialized { get; }

    /// <summary>When the certificate ends.</summary>
    public DateTimeOffset NotAfter => Certificate.X509.NotAfter;

    /// <summary>Whether the signature is this identity's: of SHA-256 of the data and low-S, or of the data itself when the key is Ed25519.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (_ecdsa is null)
        {
            return EdwardsKeys.Verify(Certificate.X509, data, signature);
        }

        if (!LowS.Is(_ecdsa.KeySize, signature))
        {
            return false;
        }

        lock (_gate)
        {
            return _ecdsa.VerifyHash(SHA256.HashData(data), signature, DSASignatureFormat.Rfc3279DerSequence);
        }
    }
}
