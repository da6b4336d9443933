using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>A released version of Fabric, such as <c>3.1.5</c>; also the tag of its images.</summary>
[JsonConverter(typeof(NameJsonConverter<FabricVersion>))]
public readonly record struct FabricVersion : IName<FabricVersion>
{
    private readonly string? _value;

    private FabricVersion(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("Fabric version", @"[1-9][0-9]?\.[0-9]{1,2}\.[0-9]{1,3}", 9);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <summary>The line of releases, such as <c>3.1</c>.</summary>
    public string Line => Value[..Value.LastIndexOf('.')];

    /// <summary>The first number.</summary>
    public int Major => int.Parse(Value[..Value.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static FabricVersion FromValid(string value) => new(value);

    /// <summary>Parses a version.</summary>
    /// <exception cref="FormatException">The text is no version.</exception>
    public static FabricVersion Parse(string s, IFormatProvider? provider = null) => Rule.Parse<FabricVersion>(s);

    /// <summary>Parses a version without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out FabricVersion result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
