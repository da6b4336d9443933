namespace Baas.Core.Storage.Files;

/// <summary>
/// How blob names are laid out as files: each segment is a folder, the last one a file. Some file systems do not tell capitals
/// from small letters, so <c>A</c> is written <c>%a</c>; files end in <c>%</c>, so that blob <c>a</c> may stand beside blob <c>a/b</c>.
/// </summary>
internal static class BlobPaths
{
    private const char Mark = '%';

    /// <summary>The path of a blob's file, relative to the folder of all blobs.</summary>
    /// <param name="name">A name that <see cref="BlobName"/> has accepted.</param>
    public static string OfBlob(string name) => OfFolder(name) + Mark;

    /// <summary>The path of a folder, relative to the folder of all blobs.</summary>
    public static string OfFolder(string folder) => Path.Combine([.. folder.Split('/').Select(Escape)]);

    /// <summary>The blob whose file this is, within its folder; null when a stranger has put the file there.</summary>
    public static string? BlobOf(string file) => file.Length > 1 && file[^1] == Mark ? Unescape(file.AsSpan(0, file.Length - 1)) : null;

    /// <summary>The segment that a folder stands for; null when a stranger has made it.</summary>
    public static string? FolderOf(string folder) => Unescape(folder);

    private static string Escape(string segment) =>
        segment.Any(char.IsAsciiLetterUpper)
            ? string.Concat(segment.Select(letter => char.IsAsciiLetterUpper(letter) ? $"{Mark}{char.ToLowerInvariant(letter)}" : $"{letter}"))
            : segment;

    private static string? Unescape(ReadOnlySpan<char> text)
    {
        Span<char> segment = stackalloc char[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter == Mark)
            {
                if (++index == text.Length || !char.IsAsciiLetterLower(text[index]))
                {
                    return null;
                }

                letter = char.ToUpperInvariant(text[index]);
            }
            else if (char.IsAsciiLetterUpper(letter))
            {
                return null;
            }

            segment[length++] = letter;
        }

        return BlobName.IsSegment(segment[..length]) ? new string(segment[..length]) : null;
    }
}
