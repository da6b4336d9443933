using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baas.Core.Networks.Documents;

/// <summary>What an unquoted YAML scalar means in the core schema (YAML 1.2.2, 10.3.2).</summary>
internal static class YamlScalars
{
    private static readonly Regex Float = new(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant);
    private static readonly Regex Special = new(@"\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.CultureInvariant);
    private static readonly Regex Hexadecimal = new(@"\A0x[0-9a-fA-F]{1,15}\z", RegexOptions.CultureInvariant);
    private static readonly Regex Octal = new(@"\A0o[0-7]{1,20}\z", RegexOptions.CultureInvariant);

    /// <summary>The scalar's value; null for null.</summary>
    public static JsonValue? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ => Number(text) ?? JsonValue.Create(text),
    };

    private static JsonValue? Number(string text)
    {
        if (Float.IsMatch(text))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? JsonValue.Create(whole)
                : JsonValue.Create(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        if (Hexadecimal.IsMatch(text))
        {
            return JsonValue.Create(long.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }

        if (Octal.IsMatch(text))
        {
            return JsonValue.Create(Convert.ToInt64(text[2..], 8));
        }

        return Special.IsMatch(text) ? JsonValue.Create(double.NaN) : null;
    }
}
