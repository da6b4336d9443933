namespace Baas.Core.Kubernetes;

/// <summary>Makes texts of others fit into one line of a message.</summary>
internal static class Messages
{
    /// <summary>The text without line breaks and control characters, cut to a length.</summary>
    public static string OneLine(string text, int maxLength)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = string.Concat(line.Where(character => !char.IsControl(character)));
        return line.Length <= maxLength ? line : string.Concat(line.AsSpan(0, maxLength - 3), "...");
    }
}
