using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A membership service provider's id. It is a config key in Fabric: [a-zA-Z0-9.-]+ (common/configtx/validator.go).</summary>
[JsonConverter(typeof(NameJsonConverter<MspId>))]
public readonly record struct MspId : IName<MspId>
{
    private readonly string? _value;

    private MspId(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("MSP id", @"[a-zA-Z0-9.-]+", 120);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static MspId FromValid(string value) => new(value);

    /// <summary>The id of an organization that gives none: <c>org1</c> has <c>Org1MSP</c>. Different names have different ids.</summary>
    public static MspId Of(OrganizationName organization) =>
        new($"{char.ToUpperInvariant(organization.Value[0])}{organization.Value.AsSpan(1)}MSP");

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static MspId Parse(string s, IFormatProvider? provider = null) => Rule.Parse<MspId>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out MspId result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
