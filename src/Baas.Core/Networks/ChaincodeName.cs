using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A chaincode's name (core/chaincode/lifecycle/scc.go); at most 50 characters, as it becomes part of a Service's name.</summary>
[JsonConverter(typeof(NameJsonConverter<ChaincodeName>))]
public readonly record struct ChaincodeName : IName<ChaincodeName>
{
    private readonly string? _value;

    private ChaincodeName(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("chaincode name", @"[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*", 50);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static ChaincodeName FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static ChaincodeName Parse(string s, IFormatProvider? provider = null) => Rule.Parse<ChaincodeName>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ChaincodeName result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
