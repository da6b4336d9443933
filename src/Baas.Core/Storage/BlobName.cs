using System.Text.RegularExpressions;

namespace Baas.Core.Storage;

/// <summary>
/// What a blob may be called in every store: segments of letters, digits and <c>- _ . + = @ ,</c> with <c>/</c> between them. No segment is empty
/// or begins or ends with a dot, so no name leads out of the store.
/// </summary>
internal static class BlobName
{
    /// <summary>The most characters a name may have.</summary>
    public const int MaxLength = 800;

    /// <summary>The most bytes a segment may take in a file system, its upper-case letters counted twice.</summary>
    public const int MaxSegmentLength = 252;

    private static readonly Regex Segment = new(@"\A[A-Za-z0-9_+=@,-]([A-Za-z0-9_+=@,.-]*[A-Za-z0-9_+=@,-])?\z", RegexOptions.CultureInvariant);

    /// <summary>Refuses what is no blob name.</summary>
    /// <exception cref="StorageException">It is none (<c>blob-name-invalid</c>).</exception>
    public static void Check(string name)
    {
        if (name.Length > MaxLength || !name.Split('/').All(IsSegment))
        {
            throw Invalid(name);
        }
    }

    /// <summary>Refuses what no blob name can begin with.</summary>
    /// <exception cref="StorageException">None can (<c>blob-name-invalid</c>).</exception>
    public static void CheckPrefix(string prefix)
    {
        var segments = prefix.Split('/');
        var last = segments[^1];

        // The last segment may be cut off anywhere, so it may be empty or end with a dot.
        if (prefix.Length > MaxLength || !segments[..^1].All(IsSegment) || !(last.Length == 0 || IsSegment(last + "x")))
        {
            throw Invalid(prefix);
        }
    }

    /// <summary>Whether a text may stand between two slashes.</summary>
    public static bool IsSegment(ReadOnlySpan<char> segment) => Segment.IsMatch(segment) && EscapedLength(segment) <= MaxSegmentLength;

    private static bool IsSegment(string segment) => IsSegment(segment.AsSpan());

    private static int EscapedLength(ReadOnlySpan<char> segment)
    {
        var length = segment.Length;
        foreach (var letter in segment)
        {
            length += char.IsAsciiLetterUpper(letter) ? 1 : 0;
        }

        return length;
    }

    private static StorageException Invalid(string name) => new("blob-name-invalid", $"cannot use blob name \"{Shown(name)}\": it is no path of letters, digits and - _ . + = @ ,");

    // A refused name may hold line ends or be endless; an error message may not.
    private static string Shown(string name) => string.Concat(name.Take(80).Select(character => char.IsControl(character) ? '?' : character));
}
