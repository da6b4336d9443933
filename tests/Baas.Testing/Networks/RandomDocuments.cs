using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Networks.Documents;

namespace Baas.Testing.Networks;

/// <summary>Documents as people and attackers send them: valid ones, valid ones with something changed, and hostile ones.</summary>
public static class RandomDocuments
{
    private static readonly string[] Insertions =
    [
        "\0", "\u0001", "\u2028", "\u0085", "\uFEFF", "\uD800", "\uDC00", "\U0001F4A9", "\u202E", "&a ", "*a", "!!int ", "!<>", "!e!x ", "<<: ", "? ", "- ", ": ", "{", "}", "[", "]", "'", "\"", "|", ">", "#", "%", "\t", "\n", "---\n",
        "...\n", "\\ud800", "\\u0000", "\\x", ",", "%YAML 99999999999.1\n", "%TAG ! tag:x,2000:\n", "`", "@",
    ];

    /// <summary>The document of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="placed">As for <see cref="RandomSpecs.Next"/>.</param>
    public static RandomDocument Of(int seed, bool placed = false)
    {
        var random = new Random(seed);
        var format = random.Next(2) == 0 ? SpecFormat.Json : SpecFormat.Yaml;
        var kind = random.Next(10);
        if (kind == 0)
        {
            return new(seed, HostileDocuments.Next(random, format), format, false);
        }

        var text = SpecWriter.Write(RandomSpecs.Next(random, placed), SpecFormat.Json);
        if (kind < 7)
        {
            var tree = JsonNode.Parse(text)!; // just written
            Repeat(random, kind < 3 ? 0 : 4, () => ChangeTree(random, tree));
            text = format == SpecFormat.Json ? tree.ToJsonString(new() { WriteIndented = true }) : YamlText.Of(tree);
            return new(seed, text, format, kind < 3);
        }

        var changed = new StringBuilder(format == SpecFormat.Json ? text : YamlText.Of(JsonNode.Parse(text)));
        Repeat(random, 4, () => ChangeText(random, changed));
        return new(seed, changed.ToString(), format, false);
    }

    private static void Repeat(Random random, int most, Action change)
    {
        for (var times = most == 0 ? 0 : random.Next(1, most + 1); times > 0; times--)
        {
            change();
        }
    }

    private static void ChangeTree(Random random, JsonNode root)
    {
        var places = Places(root).ToList();
        var (parent, key) = places[random.Next(places.Count)];
        var value = random.Next(4) == 0 ? places[random.Next(places.Count)] is var (other, at) ? Child(other, at)?.DeepClone() : null : HostileDocuments.NextValue(random);
        switch (parent)
        {
            case JsonObject members when random.Next(4) == 0:
                members.Remove((string)key);
                break;
            case JsonObject members:
                members[random.Next(6) == 0 ? HostileDocuments.NextName(random) : (string)key] = value;
                break;
            case JsonArray items when random.Next(3) == 0:
                items.Add(value);
                break;
            case JsonArray items:
                items[(int)key] = value;
                break;
            default:
                throw new InvalidOperationException("places are in objects and lists");
        }
    }

    private static void ChangeText(Random random, StringBuilder text)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(5))
        {
            case 0:
                text.Remove(at, Math.Min(text.Length - at, random.Next(1, 20)));
                break;
            case 1:
                text.Length = at;
                break;
            case 2:
                var lines = text.ToString().Split('\n');
                var line = random.Next(lines.Length);
                text.Clear().AppendJoin('\n', [.. lines[..line], lines[line], .. lines[line..]]); // a property stands twice
                break;
            default:
                text.Insert(at, Insertions[random.Next(Insertions.Length)]);
                break;
        }
    }

    private static JsonNode? Child(JsonNode parent, object key) => key is int index ? parent[index] : parent[(string)key];

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Below(members, member.Key, member.Value)),
        JsonArray items => items.SelectMany((item, index) => Below(items, index, item)),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Below(JsonNode parent, object key, JsonNode? value) => value is null ? [(parent, key)] : Places(value).Prepend((parent, key));
}
