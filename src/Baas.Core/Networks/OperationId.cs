using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>One change to a network, from its request to its end; also its workflow's instance id.</summary>
[JsonConverter(typeof(NameJsonConverter<OperationId>))]
public readonly record struct OperationId : IName<OperationId>
{
    private readonly string? _value;

    private OperationId(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("operation id", @"[a-z0-9-]+", 60);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static OperationId FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static OperationId Parse(string s, IFormatProvider? provider = null) => Rule.Parse<OperationId>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out OperationId result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
