using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A node (orderer, peer, chaincode server) inside its organization; the name of its Service and StatefulSet.</summary>
[JsonConverter(typeof(NameJsonConverter<NodeName>))]
public readonly record struct NodeName : IName<NodeName>
{
    private readonly string? _value;

    private NodeName(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("node name", @"[a-z]([a-z0-9-]*[a-z0-9])?", 40);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static NodeName FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static NodeName Parse(string s, IFormatProvider? provider = null) => Rule.Parse<NodeName>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out NodeName result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
