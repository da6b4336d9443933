using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A Kubernetes cluster as the settings name it.</summary>
[JsonConverter(typeof(NameJsonConverter<ClusterName>))]
public readonly record struct ClusterName : IName<ClusterName>
{
    private readonly string? _value;

    private ClusterName(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("cluster name", @"[a-z]([a-z0-9-]*[a-z0-9])?", 40);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public static ClusterName FromValid(string value) => new(value);

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is no such name.</exception>
    public static ClusterName Parse(string s, IFormatProvider? provider = null) => Rule.Parse<ClusterName>(s);

    /// <summary>Parses a name without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ClusterName result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
