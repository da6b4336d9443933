using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A private data collection's name (core/chaincode/lifecycle/scc.go); implicit collections begin with an underscore.</summary>
[JsonConverter(typeof(NameJsonConverter<CollectionName>))]
public readonly record struct CollectionName : IName<CollectionName>
{
    private readonly string? _value;

    private CollectionName(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("collection name", @"[A-Za-z0-9-][A-Za-z0-9_-]*", 60);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static CollectionName FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static CollectionName Parse(string s, IFormatProvider? provider = null) => Rule.Parse<CollectionName>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out CollectionName result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
