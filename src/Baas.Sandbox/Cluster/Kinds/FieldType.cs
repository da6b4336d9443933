namespace Baas.Sandbox.Cluster.Kinds;

/// <summary>What a field may hold, and how several writers share it. Immutable once the schema is read.</summary>
internal sealed class FieldType
{
    /// <summary>The form of its values.</summary>
    public required FieldForm Form { get; init; }

    /// <summary>Whether it is written and owned as a whole.</summary>
    public bool IsAtomic { get; init; }

    /// <summary>The type of a list's or a map's values; null for others.</summary>
    public FieldType? Item { get; init; }

    /// <summary>The fields that tell a list's items apart in server-side apply; empty for lists without.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether a list holds each value once.</summary>
    public bool IsSet { get; init; }

    /// <summary>The field that tells a list's items apart in strategic merge patches; empty for lists of plain values that are merged; null for lists that are replaced.</summary>
    public string? MergeKey { get; init; }

    /// <summary>The fields of a structure; empty for others.</summary>
    public Dictionary<string, FieldType> Fields { get; init; } = [];

    /// <summary>A type that nothing is known of.</summary>
    public static FieldType Unknown { get; } = new() { Form = FieldForm.Any, IsAtomic = true };

    /// <summary>Whether several writers may own parts of it.</summary>
    public bool IsShared => !IsAtomic && Form is FieldForm.Structure or FieldForm.Map || IsKeyedList || (Form == FieldForm.List && IsSet);

    /// <summary>Whether it is a list whose items have keys.</summary>
    public bool IsKeyedList => Form == FieldForm.List && Keys.Count > 0;

    /// <summary>The type of one of its fields or values.</summary>
    public FieldType At(string name) => Form == FieldForm.Structure ? Fields.GetValueOrDefault(name, Unknown) : Item ?? Unknown;
}
