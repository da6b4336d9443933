using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>An organization inside a network. Part of the namespace names, hence a DNS label of at most 20 characters.</summary>
[JsonConverter(typeof(NameJsonConverter<OrganizationName>))]
public readonly record struct OrganizationName : IName<OrganizationName>
{
    private readonly string? _value;

    private OrganizationName(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("organization name", @"[a-z]([a-z0-9-]*[a-z0-9])?", 20);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static OrganizationName FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static OrganizationName Parse(string s, IFormatProvider? provider = null) => Rule.Parse<OrganizationName>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out OrganizationName result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
