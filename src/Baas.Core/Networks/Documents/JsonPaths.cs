namespace Baas.Core.Networks.Documents;

/// <summary>Writes the paths at which violations are found.</summary>
internal static class JsonPaths
{
    private const int LongestName = 60;

    /// <summary>The path of a property: <c>$.a.b</c>, or <c>$.a['b c']</c> where the name is no identifier.</summary>
    public static string Property(string path, string name)
    {
        if (name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            return $"{path}.{name}";
        }

        return $"{path}['{Printable(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";
    }

    /// <summary>The path of a list's item, counted from 0.</summary>
    public static string Item(string path, int index) => $"{path}[{index}]";

    /// <summary>A property that stands more than once in its object.</summary>
    public static Violation Duplicate(string path) => new(path, "duplicate-property", "the property stands more than once in its object");

    /// <summary>A text from a document, short and without control characters.</summary>
    public static string Printable(string text)
    {
        var shortened = text.Length <= LongestName ? text : string.Concat(text.AsSpan(0, LongestName - 3), "...");
        return string.Concat(shortened.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
    }
}
