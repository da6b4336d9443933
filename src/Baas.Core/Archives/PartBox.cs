using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using K4os.Compression.LZ4;

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
    private const byte Lz4 = 2; // 1 was Brotli
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = 2 + sizeof(int) + NonceLength;

    /// <summary>Compresses and encrypts a part.</summary>
    /// <param name="keys">The volume's keys.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">What it holds.</param>
    internal static byte[] Seal(VolumeKeys keys, string name, ReadOnlySpan<byte> content)
    {
        var box = new byte[HeadLength + content.Length + TagLength];
        return box[..Seal(keys, name, content, new byte[content.Length], box)];
    }

    /// <summary>Compresses and encrypts a part into memory that is there.</summary>
    /// <param name="keys">The volume's keys.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="packed">Room for what is compressed, as much as the content.</param>
    /// <param name="box">Takes the part; room for its content, head and tag.</param>
    /// <returns>The part's length.</returns>
    internal static int Seal(VolumeKeys keys, string name, ReadOnlySpan<byte> content, Span<byte> packed, Span<byte> box)
    {
        // LZ4 is as quick as encryption: ledgers hold certificates over and over, which it finds; others cost more time than they save.
        var length = LZ4Codec.Encode(content, packed[..content.Length]);
        var isSmaller = length > 0 && length < content.Length;
        var body = isSmaller ? packed[..length] : content;
        box[0] = Version;
        box[1] = isSmaller ? Lz4 : Plain;
        BinaryPrimitives.WriteInt32BigEndian(box[2..], content.Length);
        var nonce = box.Slice(2 + sizeof(int), NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.Encryption, TagLength);
        aes.Encrypt(nonce, body, box.Slice(HeadLength, body.Length), box.Slice(HeadLength + body.Length, TagLength), Authenticated(box, name));
        return HeadLength + body.Length + TagLength;
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
        if (box.Length < HeadLength + TagLength || box[0] != Version || box[1] is not (Plain or Lz4) || BinaryPrimitives.ReadInt32BigEndian(box[2..]) is < 0 or > MaxContent)
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
        var isWhole = box[1] == Plain ? body.Length == length : LZ4Codec.Decode(body, content) == length;
        return isWhole ? content : throw ArchiveException.Damaged(name, "it does not unpack to its length");
    }

    private static byte[] Authenticated(ReadOnlySpan<byte> box, string name) => [.. box[..(2 + sizeof(int))], .. Encoding.UTF8.GetBytes(name)];
}
