using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds;

/// <summary>
/// The fields of all kinds, read from <c>fields.txt</c>: a line a structure, <c>name:type</c> a field. Types: <c>s</c> text, <c>i</c> whole, <c>n</c> number, <c>b</c> flag, <c>q</c> quantity,
/// <c>x</c> whole or text, <c>*</c> any, <c>[T]</c> list, <c>{T}</c> map, else a structure. <c>!</c> before a type or structure: atomic; <c>@a,b</c> after a list: keys; <c>=set</c>: a set; <c>#key</c>: strategic merge key.
/// </summary>
internal static class FieldTypes
{
    private static readonly Dictionary<string, FieldType> Structures = Read();

    /// <summary>The fields of a kind.</summary>
    public static FieldType Of(ObjectKind kind) => Structures[kind.Kind];

    private static Dictionary<string, FieldType> Read()
    {
        using var stream = typeof(FieldTypes).Assembly.GetManifestResourceStream("fields.txt")!; // built into this assembly
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToList();
        var structures = lines.ToDictionary(
            line => line[0].TrimStart('!'), line => new FieldType { Form = FieldForm.Structure, IsAtomic = line[0].StartsWith('!') }, StringComparer.Ordinal);
        foreach (var line in lines)
        {
            foreach (var field in line.Skip(1).Where(field => field.Length > 0))
            {
                var colon = field.IndexOf(':', StringComparison.Ordinal);
                structures[line[0].TrimStart('!')].Fields[field[..colon]] = Parse(field[(colon + 1)..].TrimEnd('~'), structures);
            }
        }

        return structures;
    }

    private static FieldType Parse(string text, Dictionary<string, FieldType> structures)
    {
        var isAtomic = text.StartsWith('!');
        text = text.TrimStart('!');
        if (text.StartsWith('{'))
        {
            return new FieldType { Form = FieldForm.Map, IsAtomic = isAtomic, Item = Parse(text[1..^1], structures) };
        }

        if (text.StartsWith('['))
        {
            return ParseList(text, structures);
        }

        return text switch
        {
            "s" => new FieldType { Form = FieldForm.Text },
            "i" => new FieldType { Form = FieldForm.Whole },
            "n" => new FieldType { Form = FieldForm.Number },
            "b" => new FieldType { Form = FieldForm.Flag },
            "q" => new FieldType { Form = FieldForm.Quantity },
            "x" => new FieldType { Form = FieldForm.WholeOrText },
            "*" => FieldType.Unknown,
            _ when isAtomic => new FieldType { Form = FieldForm.Structure, IsAtomic = true, Fields = structures[text].Fields },
            _ => structures[text],
        };
    }

    private static FieldType ParseList(string text, Dictionary<string, FieldType> structures)
    {
        var end = text.LastIndexOf(']');
        var suffix = text[(end + 1)..];
        var hash = suffix.IndexOf('#', StringComparison.Ordinal);
        var sharing = hash < 0 ? suffix : suffix[..hash];
        return new FieldType
        {
            Form = FieldForm.List,
            Item = Parse(text[1..end], structures),
            Keys = sharing.StartsWith('@') ? sharing[1..].Split(',') : [],
            IsSet = sharing == "=set",
            MergeKey = hash < 0 ? null : suffix[(hash + 1)..],
        };
    }
}
