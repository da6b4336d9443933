using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>Chooses objects by their labels.</summary>
internal sealed class LabelSelector
{
    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    private enum Operator
    {
        In,
        NotIn,
        Exists,
        Absent,
    }

    /// <summary>Reads a selector as requests carry it: <c>app=a,tier!=b,zone in (x,y),!old</c>.</summary>
    /// <exception cref="StatusException">It is malformed.</exception>
    public static LabelSelector Parse(string text)
    {
        List<Requirement> requirements = [];
        foreach (var part in Split(text))
        {
            requirements.Add(ParseOne(part) ?? throw Failures.BadRequest($"unable to parse requirement: \"{part}\" is no label requirement"));
        }

        return new(requirements);
    }

    /// <summary>Reads a selector object with <c>matchLabels</c> and <c>matchExpressions</c>, as workloads carry it.</summary>
    public static LabelSelector Of(JsonObject? selector)
    {
        List<Requirement> requirements = [.. Equalities(selector.Object("matchLabels"))];
        foreach (var expression in selector.Objects("matchExpressions"))
        {
            var values = expression.Texts("values").ToHashSet(StringComparer.Ordinal);
            requirements.Add(new(expression.Text("key") ?? "", OperatorOf(expression.Text("operator")), values));
        }

        return new(requirements);
    }

    /// <summary>Reads a plain map of labels, as Services carry it.</summary>
    public static LabelSelector OfLabels(JsonObject? labels) => new([.. Equalities(labels)]);

    /// <summary>Whether the object's labels are chosen.</summary>
    public bool Matches(JsonObject subject)
    {
        var labels = subject.Labels;
        foreach (var requirement in _requirements)
        {
            if (!requirement.Holds(labels.Text(requirement.Key)))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<Requirement> Equalities(JsonObject? labels) =>
        (labels ?? []).Select(label => new Requirement(label.Key, Operator.In, [label.Value.AsText() ?? ""]));

    private static Operator OperatorOf(string? name) => name switch
    {
        "In" => Operator.In,
        "NotIn" => Operator.NotIn,
        "DoesNotExist" => Operator.Absent,
        _ => Operator.Exists,
    };

    // Commas also stand inside the parentheses of "in" and "notin".
    private static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            var letter = index < text.Length ? text[index] : ',';
            depth += letter switch { '(' => 1, ')' => -1, _ => 0 };
            if (letter == ',' && (depth == 0 || index == text.Length))
            {
                var part = text[start..index].Trim();
                start = index + 1;
                if (part.Length > 0)
                {
                    yield return part;
                }
            }
        }
    }

    private static Requirement? ParseOne(string part)
    {
        if (part.EndsWith(')') && part.IndexOf('(', StringComparison.Ordinal) is var open and > 0)
        {
            var words = part[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var values = part[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
            return words is [var key, "in" or "notin"] ? new(key, words[1] == "in" ? Operator.In : Operator.NotIn, values) : null;
        }

        if (part.IndexOf('=', StringComparison.Ordinal) is var at and >= 0)
        {
            var isNot = at > 0 && part[at - 1] == '!';
            var key = part[..(isNot ? at - 1 : at)].Trim();
            var value = part[(at + 1)..].TrimStart('=').Trim();
            return key.Length == 0 || !ObjectNames.IsLabelValue(value) ? null : new(key, isNot ? Operator.NotIn : Operator.In, [value]);
        }

        var isAbsent = part.StartsWith('!');
        var name = part.TrimStart('!').Trim();
        return ObjectNames.IsQualified(name) ? new(name, isAbsent ? Operator.Absent : Operator.Exists, []) : null;
    }

    private sealed record Requirement(string Key, Operator Operator, HashSet<string> Values)
    {
        public bool Holds(string? value) => Operator switch
        {
            Operator.In => value is not null && Values.Contains(value),
            Operator.NotIn => value is null || !Values.Contains(value),
            Operator.Exists => value is not null,
            _ => value is null,
        };
    }
}
