using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Baas.Core.Keys;

/// <summary>
/// An Ed25519 key (RFC 8032, encoded by RFC 8410). Safe for use by many threads. The arithmetic is BouncyCastle's, which is loaded when the first
/// key is made or read; everything else is the platform's.
/// </summary>
internal sealed class Ed25519Key : IPrivateKey
{
    private const string Ed25519Algorithm = "1.3.101.112";
    private const string Label = "PRIVATE KEY";

    private readonly byte[] _seed;
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySize];
    private volatile bool _isDisposed;

    private Ed25519Key(byte[] seed)
    {
        _seed = seed;
        Ed25519.GeneratePublicKey(seed, _publicKey);
    }

    /// <inheritdoc/>
    public string SignatureAlgorithm => Ed25519Algorithm;

    /// <inheritdoc/>
    public byte[] PublicKeyInfo
    {
        get
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                WriteAlgorithm(writer);
                writer.WriteBitString(_publicKey);
            }

            return writer.Encode();
        }
    }

    /// <summary>Makes a key.</summary>
    public static Ed25519Key Create() => new(RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>Whether a text holds such a key.</summary>
    public static bool IsIn(string pem)
    {
        try
        {
            return Find(pem) is not null;
        }
        catch (Exception failure) when (failure is AsnContentException or CryptographicException)
        {
            return false; // whoever reads it as another kind of key says what is wrong
        }
    }

    /// <summary>Reads a key, PKCS#8 PEM.</summary>
    /// <exception cref="CryptographicException">The text holds no Ed25519 key.</exception>
    public static Ed25519Key Read(string pem)
    {
        try
        {
            var content = Find(pem) ?? throw new CryptographicException("the text holds no Ed25519 key");
            var seed = new AsnReader(content, AsnEncodingRules.DER).ReadOctetString();
            return seed.Length == Ed25519.SecretKeySize ? new Ed25519Key(seed) : throw new CryptographicException($"an Ed25519 key has {Ed25519.SecretKeySize} bytes, not {seed.Length}");
        }
        catch (AsnContentException failure)
        {
            throw new CryptographicException("the text holds no Ed25519 key", failure);
        }
    }

    /// <inheritdoc/>
    public string ToPem()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var inner = new AsnWriter(AsnEncodingRules.DER);
        inner.WriteOctetString(_seed);

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            WriteAlgorithm(writer);
            writer.WriteOctetString(inner.Encode());
        }

        return PemEncoding.WriteString(Label, writer.Encode()) + "\n";
    }

    /// <summary>Signs the content itself, not its hash: 64 bytes, the same for the same content.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, _publicKey.AsSpan(), content, signature); // as an array it would be taken for the context of Ed25519ctx
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_seed);
    }

    // The content of the key, which is not looked at before the algorithm is known.
    private static byte[]? Find(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var found) || pem[found.Label] != Label)
        {
            return null;
        }

        var info = new AsnReader(Convert.FromBase64String(pem[found.Base64Data]), AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        return info.ReadSequence().ReadObjectIdentifier() == Ed25519Algorithm ? info.ReadOctetString() : null;
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using var sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(Ed25519Algorithm);
    }
}
