using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A channel's name: [a-z][a-z0-9.-]*, at most 249 characters (common/configtx/validator.go).</summary>
[JsonConverter(typeof(NameJsonConverter<ChannelName>))]
public readonly record struct ChannelName : IName<ChannelName>
{
    private readonly string? _value;

    private ChannelName(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("channel name", @"[a-z][a-z0-9.-]*", 249);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static ChannelName FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static ChannelName Parse(string s, IFormatProvider? provider = null) => Rule.Parse<ChannelName>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ChannelName result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
