using System.Text.Json;

namespace Baas.Core.Networks.Documents;

/// <summary>Writes specifications with all their defaults; what it writes, <see cref="SpecReader"/> reads back as the same specification.</summary>
public static class SpecWriter
{
    private static readonly JsonSerializerOptions Indented = new(NetworkJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes <paramref name="spec"/> for people: one property a line, in the records' order.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="format">How to write it.</param>
    public static string Write(NetworkSpec spec, SpecFormat format)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return format == SpecFormat.Json
            ? JsonSerializer.Serialize(spec, Indented) + "\n"
            : YamlText.Of(JsonSerializer.SerializeToNode(spec, NetworkJson.Options));
    }

    /// <summary>The one shortest form, without blanks: equal specifications have equal texts, so it serves comparisons and hashes.</summary>
    /// <param name="spec">The specification.</param>
    public static string Canonical(NetworkSpec spec) => JsonSerializer.Serialize(spec, NetworkJson.Options);
}
