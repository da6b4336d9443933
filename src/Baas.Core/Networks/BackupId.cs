using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>The id of a backup: <c>bk-</c> and what follows <c>op-</c> in the id of the operation that took it.</summary>
[JsonConverter(typeof(NameJsonConverter<BackupId>))]
public readonly record struct BackupId : IName<BackupId>
{
    private readonly string? _value;

    private BackupId(string value) => _value = value;

    /// <inheritdoc/>
    public static NameRule Rule { get; } = NameRule.Of("backup id", @"[a-z0-9-]+", 60);

    /// <inheritdoc/>
    public string Value => _value ?? "";

    /// <summary>The backup that an operation takes.</summary>
    public static BackupId Of(OperationId operation) => new($"bk-{operation.Value[(operation.Value.IndexOf('-', StringComparison.Ordinal) + 1)..]}");

    /// <inheritdoc/>
    public static BackupId FromValid(string value) => new(value);

    /// <inheritdoc/>
    public static BackupId Parse(string s, IFormatProvider? provider = null) => Rule.Parse<BackupId>(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out BackupId result)
    {
        var accepted = Rule.Accepts(s);
        result = accepted ? new(s!) : default; // Accepts has seen that it is not null
        return accepted;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
