using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A Fabric network of one tenant. Part of the namespace names, hence a DNS label of at most 20 characters.</summary>
[JsonConverter(typeof(NameJsonConverter<NetworkName>))]
public readonly record struct NetworkName : IName<NetworkName>
{
    private readonly string? _value;

    private NetworkName(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("network name", @"[a-z]([a-z0-9-]*[a-z0-9])?", 20);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static NetworkName FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static NetworkName Parse(string s, IFormatProvider? provider = null) => Rule.Parse<NetworkName>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out NetworkName result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
