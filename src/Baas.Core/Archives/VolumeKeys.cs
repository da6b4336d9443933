using System.Security.Cryptography;
using System.Text;

namespace Baas.Core.Archives;

/// <summary>
/// The keys of one volume's archive: one encrypts, one names. Both come from the key of all backups of a network, so they are the same in each
/// backup and equal content gets equal names; nobody can tell the content from the name without the key.
/// </summary>
public sealed class VolumeKeys
{
    private const int Length = 32;

    private readonly byte[] _naming;

    private VolumeKeys(byte[] encryption, byte[] naming) => (Encryption, _naming) = (encryption, naming);

    /// <summary>The key that parts are encrypted with.</summary>
    internal byte[] Encryption { get; }

    /// <summary>The key of one volume, made from that of its network's backups. Who has it can read this volume and no other.</summary>
    /// <param name="networkKey">The key of the network's backups.</param>
    /// <param name="volume">The volume, such as <c>org1/peer-1</c>.</param>
    public static byte[] KeyOf(ReadOnlySpan<byte> networkKey, string volume) => Derive(networkKey, $"baas volume 1 {volume}");

    /// <summary>The keys that come from a volume's key.</summary>
    public static VolumeKeys Of(ReadOnlySpan<byte> volumeKey) => new(Derive(volumeKey, "baas archive 1 encryption"), Derive(volumeKey, "baas archive 1 naming"));

    /// <summary>The name of a part by its content: HMAC-SHA256, 64 hexadecimal digits.</summary>
    public string NameOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(HMACSHA256.HashData(_naming, content));

    private static byte[] Derive(ReadOnlySpan<byte> key, string purpose)
    {
        var derived = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, [], Encoding.UTF8.GetBytes(purpose));
        return derived;
    }
}
