using System.Security.Cryptography;
using System.Text;

namespace Baas.Core.Storage;

/// <summary>
/// Seals bytes with AES-256-GCM: version (1 byte), key id (16), nonce (12), cipher text, tag (16).
/// The purpose is authenticated too, so what was sealed for one place opens in no other.
/// </summary>
internal static class SecretBox
{
    /// <summary>The length of a key in bytes.</summary>
    public const int KeyLength = 32;

    private const byte Version = 1;
    private const int IdLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = 1 + IdLength + NonceLength;

    /// <summary>Encrypts <paramref name="content"/> with a nonce of its own.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, Guid keyId, string purpose, ReadOnlySpan<byte> content)
    {
        var box = new byte[HeadLength + content.Length + TagLength];
        box[0] = Version;
        keyId.TryWriteBytes(box.AsSpan(1, IdLength));
        var nonce = box.AsSpan(1 + IdLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, content, box.AsSpan(HeadLength, content.Length), box.AsSpan(HeadLength + content.Length), Authenticated(box, purpose));
        return box;
    }

    /// <summary>The id of the key that sealed the box.</summary>
    /// <exception cref="CryptographicException">This is no sealed box.</exception>
    public static Guid KeyIdOf(ReadOnlySpan<byte> box) =>
        box.Length >= HeadLength + TagLength && box[0] == Version
            ? new Guid(box.Slice(1, IdLength))
            : throw new CryptographicException("This is no sealed box of a known version.");

    /// <summary>Decrypts what <see cref="Seal"/> has made.</summary>
    /// <exception cref="CryptographicException">Another key or purpose, or the box was changed.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, string purpose, ReadOnlySpan<byte> box)
    {
        _ = KeyIdOf(box);
        var content = new byte[box.Length - HeadLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box.Slice(1 + IdLength, NonceLength), box[HeadLength..^TagLength], box[^TagLength..], content, Authenticated(box, purpose));
        return content;
    }

    private static byte[] Authenticated(ReadOnlySpan<byte> box, string purpose) => [.. box[..(1 + IdLength)], .. Encoding.UTF8.GetBytes(purpose)];
}
