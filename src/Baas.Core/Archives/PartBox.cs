using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Baas.Core.Archives;

/// <summary>
/// One part as it is stored: version (1 byte), coding (1), length of the content (4), nonce (12), cipher text, tag (16). AES-256-GCM; the head and
/// the part's name are authenticated, too, so a part that stands under another's name does not open.
/// </summary>
public static class PartBox
{
    /// <summary>The most bytes of one part's content.</summary>
    public const int MaxContent = 1024 * 1024;

    /// <summary>The most bytes of a part as it is stored.</summary>
    public const int MaxLength = MaxContent + HeadLength + TagLength;

    private const byte Version = 1;
    private const byte Plain = 0;
    private const byte Brotli = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = 2 + sizeof(int) + NonceLength;

    // The quickest one: ledgers hold certificates over and over, which it finds; higher ones cost more time than they save.
    private const int Quality = 1;
    private const int Window = 18;

    /// <summary>Compresses and encrypts a part.</summary>
    /// <param name="keys">The volume's keys.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">What it holds.</param>
    internal static byte[] Seal(VolumeKeys keys, string name, ReadOnlySpan<byte> content)
    {
        var packed = ArrayPool<byte>.Shared.Rent(content.Length);
        try
        {
            var isSmaller = BrotliEncoder.TryCompress(content, packed.AsSpan(0, content.Length), out var length, Quality, Window) && length < content.Length;
            return Seal(keys, name, isSmaller ? packed.AsSpan(0, length) : content, isSmaller ? Brotli : Plain, content.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private static byte[] Seal(VolumeKeys keys, string name, ReadOnlySpan<byte> body, byte coding, int length)
    {
        var box = GC.AllocateUninitializedArray<byte>(HeadLength + body.Length + TagLength);
        box[0] = Version;
        box[1] = coding;
        BinaryPrimitives.WriteInt32BigEndian(box.AsSpan(2), length);
        var nonce = box.AsSpan(2 + sizeof(int), NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.Encryption, TagLength);
        aes.Encrypt(nonce, body, box.AsSpan(HeadLength, body.Length), box.AsSpan(HeadLength + body.Length), Authenticated(box, name));
        return box;
    }

    /// <summary>Decrypts a part and sees that its content is the one that its name stands for.</summary>
    /// <param name="keys">The volume's keys.</param>
    /// <param name="name">Its name.</param>
    /// <param name="box">The part as it is stored.</param>
    /// <exception cref="ArchiveException"><c>archive-part-damaged</c>.</exception>
    internal static byte[] OpenNamed(VolumeKeys keys, string name, ReadOnlySpan<byte> box)
    {
        var content = Open(keys, name, box);
        return keys.NameOf(content) == name ? content : throw ArchiveException.Damaged(name, "its content is not the one that its name stands for");
    }

    /// <summary>Decrypts a part that is not named by its content.</summary>
    /// <exception cref="ArchiveException"><c>archive-part-damaged</c>.</exception>
    internal static byte[] Open(VolumeKeys keys, string name, ReadOnlySpan<byte> box)
    {
        if (box.Length < HeadLength + TagLength || box[0] != Version || box[1] > Brotli || BinaryPrimitives.ReadInt32BigEndian(box[2..]) is < 0 or > MaxContent)
        {
            throw ArchiveException.Damaged(name, "it does not begin like a part of a known version");
        }

        var body = new byte[box.Length - HeadLength - TagLength];
        try
        {
            using var aes = new AesGcm(keys.Encryption, TagLength);
            aes.Decrypt(box.Slice(2 + sizeof(int), NonceLength), box[HeadLength..^TagLength], box[^TagLength..], body, Authenticated(box, name));
        }
        catch (CryptographicException failure)
        {
            throw ArchiveException.Damaged(name, "it was changed, or sealed with another key", failure);
        }

        return Unpack(name, box, body);
    }

    private static byte[] Unpack(string name, ReadOnlySpan<byte> box, byte[] body)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(box[2..]);
        var content = box[1] == Plain ? body : new byte[length];
        var isWhole = box[1] == Plain ? body.Length == length : BrotliDecoder.TryDecompress(body, content, out var written) && written == length;
        return isWhole ? content : throw ArchiveException.Damaged(name, "it does not unpack to its length");
    }

    private static byte[] Authenticated(ReadOnlySpan<byte> box, string name) => [.. box[..(2 + sizeof(int))], .. Encoding.UTF8.GetBytes(name)];
}
