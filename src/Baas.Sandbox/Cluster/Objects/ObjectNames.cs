using System.Text.RegularExpressions;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>What Kubernetes takes as names, label keys and label values.</summary>
internal static partial class ObjectNames
{
    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    /// <summary>Whether it is an RFC 1123 label: lower case letters, digits and dashes, at most 63.</summary>
    public static bool IsLabel(string text) => text.Length is > 0 and <= MaxLabel && Label().IsMatch(text);

    /// <summary>Whether it is an RFC 1035 label, as names of Services have to be: it begins with a letter.</summary>
    public static bool IsServiceName(string text) => IsLabel(text) && char.IsAsciiLetterLower(text[0]);

    /// <summary>Whether it is an RFC 1123 subdomain: labels with dots between them, at most 253 characters.</summary>
    public static bool IsSubdomain(string text) => text.Length is > 0 and <= MaxSubdomain && Subdomain().IsMatch(text);

    /// <summary>Whether it can stand in a path of the API, as names of RBAC objects have to.</summary>
    public static bool IsPathSegment(string text) => text is not ("" or "." or "..") && !text.Contains('/', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal);

    /// <summary>Whether it is a label's value: empty, or at most 63 letters, digits, '-', '_' or '.'.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || (text.Length <= MaxLabel && QualifiedName().IsMatch(text));

    /// <summary>Whether it is the key of a label or an annotation: a name, optionally with a domain and a slash before it.</summary>
    public static bool IsQualified(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = text[(slash + 1)..];
        return (slash < 0 || IsSubdomain(text[..slash])) && name.Length is > 0 and <= MaxLabel && QualifiedName().IsMatch(name);
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")]
    private static partial Regex QualifiedName();
}
