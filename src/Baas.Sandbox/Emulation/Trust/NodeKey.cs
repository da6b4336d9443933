using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>The private key of a node's identity: ECDSA or Ed25519.</summary>
internal sealed class NodeKey : IDisposable
{
    private readonly ECDsa? _ecdsa;
    private readonly Func<byte[], byte[]>? _edwards;
    private readonly Lock _gate = new();

    private NodeKey(ECDsa? ecdsa, Func<byte[], byte[]>? edwards) => (_ecdsa, _edwards) = (ecdsa, edwards);

    /// <summary>Reads the key that belongs to a certificate.</summary>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    /// <exception cref="ArgumentException">It is no PEM.</exception>
    public static NodeKey Read(ByteString pem, X509Certificate2 certificate)
    {
        if (EdwardsKeys.Has(certificate))
        {
            return new NodeKey(null, EdwardsKeys.SignerOf(Pem.Read(pem.Memory, "PRIVATE KEY").FirstOrDefault() ?? throw new CryptographicException("it is no PKCS#8 key")));
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem.ToStringUtf8());
            return new NodeKey(key, null);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Signs data the way Fabric checks it.</summary>
    public ByteString Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            return _ecdsa is not null ? LowS.Sign(_ecdsa, data) : ByteString.CopyFrom(_edwards!(data.ToArray())); // it is one of both
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ecdsa?.Dispose();
}
