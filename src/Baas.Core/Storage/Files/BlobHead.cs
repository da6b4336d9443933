using System.Security.Cryptography;
using System.Text;

namespace Baas.Core.Storage.Files;

/// <summary>
/// The line before a blob's content in its file: the blob's tag. Times of files are too coarse to tell two quick writes apart, and hashes
/// of contents cannot tell that a blob was changed and changed back.
/// </summary>
internal static class BlobHead
{
    /// <summary>The line's length in bytes.</summary>
    public const int Length = 45;

    private const int TagLength = 32;
    private static readonly byte[] Intro = [.. "baas-blob 1 "u8];

    /// <summary>A tag that no blob has had.</summary>
    public static BlobTag NewTag() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TagLength / 2)));

    /// <summary>The line that carries a tag.</summary>
    public static byte[] Write(BlobTag tag) => [.. Intro, .. Encoding.ASCII.GetBytes(tag.Value), (byte)'\n'];

    /// <summary>The tag that a file's beginning carries.</summary>
    /// <exception cref="StorageException">The file was not written by this store (<c>blob-damaged</c>).</exception>
    public static BlobTag Read(string name, ReadOnlySpan<byte> file) =>
        file.Length >= Length && file.StartsWith(Intro) && file[Length - 1] == '\n'
            ? new BlobTag(Encoding.ASCII.GetString(file[Intro.Length..(Length - 1)]))
            : throw new StorageException("blob-damaged", $"cannot read blob \"{name}\": its file has no valid first line");
}
