using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Baas.Core.Networks;

/// <summary>The form of one kind of name and the one way to check it.</summary>
/// <param name="Kind">The word for it in messages, such as <c>channel name</c>.</param>
/// <param name="Form">An anchored pattern.</param>
/// <param name="MaxLength">The most characters a name may have.</param>
public sealed record NameRule(string Kind, Regex Form, int MaxLength)
{
    /// <summary>Makes a rule from a pattern that has to match the whole name.</summary>
    /// <param name="kind">The word for it in messages.</param>
    /// <param name="pattern">
    /// The pattern without anchors. It has to have one way at most to match a text's beginning: the regular expressions that need no such promise cost every
    /// program 3 MiB and a fifth of a second.
    /// </param>
    /// <param name="maxLength">The most characters a name may have.</param>
    public static NameRule Of(string kind, string pattern, int maxLength) =>
        new(kind, new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant), maxLength);

    /// <summary>The pattern without its anchors.</summary>
    public string Pattern => Form.ToString()[5..^3];

    /// <summary>Whether <paramref name="value"/> has the form.</summary>
    /// <param name="value">The text to check.</param>
    public bool Accepts([NotNullWhen(true)] string? value) =>
        value is { Length: > 0 } && value.Length <= MaxLength && Form.IsMatch(value);

    /// <summary>Parses <paramref name="value"/> or says what is wrong with it.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    internal TName Parse<TName>(string? value)
        where TName : struct, IName<TName> =>
        Accepts(value) ? TName.FromValid(value) : throw new FormatException(Describe(value));

    /// <summary>Says in one line why <paramref name="value"/> is refused.</summary>
    /// <param name="value">The refused text.</param>
    public string Describe(string? value) =>
        $"\"{Shortened(value)}\" is no {Kind}: it has to match {Pattern} with at most {MaxLength} characters";

    private static string Shortened(string? value) => value switch
    {
        null => "",
        { Length: > 80 } => string.Concat(value.AsSpan(0, 77), "..."),
        _ => value,
    };
}
