using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A chaincode's version text (core/chaincode/lifecycle/scc.go).</summary>
[JsonConverter(typeof(NameJsonConverter<ChaincodeVersion>))]
public readonly record struct ChaincodeVersion : IName<ChaincodeVersion>
{
    private readonly string? _value;

    private ChaincodeVersion(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("chaincode version", @"[A-Za-z0-9_.+-]+", 60);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static ChaincodeVersion FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static ChaincodeVersion Parse(string s, IFormatProvider? provider = null) => Rule.Parse<ChaincodeVersion>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ChaincodeVersion result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
