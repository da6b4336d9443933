using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>Chooses objects by the values of fields: <c>metadata.name=a,status.phase!=Running</c>.</summary>
internal sealed class FieldSelector
{
    private readonly IReadOnlyList<(string[] Path, string Value, bool IsNot)> _requirements;

    private FieldSelector(IReadOnlyList<(string[] Path, string Value, bool IsNot)> requirements) => _requirements = requirements;

    /// <summary>Reads a selector.</summary>
    /// <exception cref="StatusException">400: it is malformed.</exception>
    public static FieldSelector Parse(string text)
    {
        List<(string[], string, bool)> requirements = [];
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw Failures.BadRequest($"invalid field selector: \"{part}\"");
            }

            var isNot = part[at - 1] == '!';
            requirements.Add((part[..(isNot ? at - 1 : at)].Split('.'), part[(at + 1)..].TrimStart('='), isNot));
        }

        return new(requirements);
    }

    /// <summary>Whether the object's fields have the values; an absent field counts as empty.</summary>
    public bool Matches(JsonObject subject) =>
        _requirements.All(one => (subject.At(one.Path)?.ToString() ?? "").Equals(one.Value, StringComparison.Ordinal) != one.IsNot);
}
