using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A length of time as people write it in specifications: <c>200ms</c>, <c>2s</c>, <c>10m</c>, <c>24h</c>, <c>365d</c>.</summary>
[JsonConverter(typeof(NameJsonConverter<Duration>))]
public readonly record struct Duration : IName<Duration>
{
    private readonly string? _value;

    private Duration(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("duration", @"[0-9]{1,7}(ms|s|m|h|d)", 9);

    /// <inheritdoc/>
    public string Value => _value ?? "0s";

    /// <inheritdoc/>
    public static Duration FromValid(string value) => new(value);

    /// <summary>Parses a duration.</summary>
    /// <exception cref="FormatException">The text is no duration.</exception>
    public static Duration Parse(string s, IFormatProvider? provider = null) => Rule.Parse<Duration>(s);

    /// <summary>Parses a duration without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Duration result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <summary>The same as a time span.</summary>
    public TimeSpan ToTimeSpan()
    {
        var digits = Value.TrimEnd('m', 's', 'h', 'd');
        var amount = long.Parse(digits, CultureInfo.InvariantCulture);
        return Value[digits.Length..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(amount),
            "s" => TimeSpan.FromSeconds(amount),
            "m" => TimeSpan.FromMinutes(amount),
            "h" => TimeSpan.FromHours(amount),
            _ => TimeSpan.FromDays(amount),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
