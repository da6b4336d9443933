using System.Security.Cryptography;
using System.Text;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Identities;

/// <summary>Who somebody is towards a network: the public half, without a key.</summary>
/// <param name="MspId">The organization's MSP id.</param>
/// <param name="CertificatePem">The signing certificate; what stands after the first certificate is left out of messages.</param>
public sealed record Identity(MspId MspId, string CertificatePem)
{
    // Made once: it begins everything that the identity sends.
    private byte[]? _serialized;

    /// <summary>The bytes of <c>msp.SerializedIdentity</c>: the creator of everything that the identity signs.</summary>
    /// <exception cref="ArgumentException">The PEM text holds no certificate.</exception>
    public ReadOnlyMemory<byte> Serialize() => _serialized ??= Write();

    /// <inheritdoc/>
    public bool Equals(Identity? other) => other is not null && MspId == other.MspId && CertificatePem == other.CertificatePem;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MspId, CertificatePem);

    private byte[] Write()
    {
        // Always the leaf alone and always laid out the same way, as the creator is hashed into transaction ids.
        var certificate = PemEncoding.WriteString("CERTIFICATE", FirstCertificate(CertificatePem)) + "\n";
        return new SerializedIdentity { Mspid = MspId.Value, IdBytes = ByteString.CopyFrom(certificate, Encoding.ASCII) }.ToByteArray();
    }

    private static byte[] FirstCertificate(string pem)
    {
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            if (rest[found.Label] is "CERTIFICATE")
            {
                return Convert.FromBase64String(rest[found.Base64Data].ToString());
            }

            rest = rest[found.Location.End..];
        }

        throw new ArgumentException("the PEM text holds no certificate", nameof(pem));
    }
}
