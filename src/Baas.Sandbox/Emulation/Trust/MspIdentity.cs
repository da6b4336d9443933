using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Msp;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>A valid identity of an MSP.</summary>
internal sealed class MspIdentity
{
    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    /// <summary>Makes one of what an MSP has checked.</summary>
    /// <exception cref="EmulationException">The key is not ECDSA.</exception>
    public MspIdentity(string mspId, Certificate certificate, ByteString serialized)
    {
        MspId = mspId;
        Certificate = certificate;
        Serialized = serialized;
        _key = certificate.X509.GetECDsaPublicKey() ?? throw new EmulationException($"cannot accept identity of MSP \"{mspId}\": its key is not ECDSA");
    }

    /// <summary>The MSP.</summary>
    public string MspId { get; }

    /// <summary>The certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>The bytes of the <see cref="SerializedIdentity"/>.</summary>
    public ByteString Serialized { get; }

    /// <summary>When the certificate ends.</summary>
    public DateTimeOffset NotAfter => Certificate.X509.NotAfter;

    /// <summary>Whether the signature over SHA-256 of the data is this identity's and low-S.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!LowS.Is(_key.KeySize, signature))
        {
            return false;
        }

        lock (_gate)
        {
            return _key.VerifyHash(SHA256.HashData(data), signature, DSASignatureFormat.Rfc3279DerSequence);
        }
    }
}
