using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Baas.Cli.Output;

/// <summary>Writes JSON as YAML.</summary>
internal static class Yaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder().WithIndentedSequences().WithQuotingNecessaryStrings().Build();

    /// <summary>The same document as YAML.</summary>
    public static string Of(JsonNode? node) => Serializer.Serialize(Plain(node));

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(member => (object)member.Key, member => Plain(member.Value)),
        JsonArray items => items.Select(Plain).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture),
        },
        _ => null,
    };
}
