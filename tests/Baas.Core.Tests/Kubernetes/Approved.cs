using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using YamlDotNet.Serialization;

namespace Baas.Core.Tests.Kubernetes;

/// <summary>Compares manifests with approved files; BAAS_APPROVE=1 in the environment rewrites the files instead.</summary>
internal static class Approved
{
    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings(quoteYaml1_1Strings: true).WithIndentedSequences().Build();

    public static void Check(string name, IEnumerable<Manifest> manifests, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Approved", $"{name}.yaml");
        var actual = string.Join("---\n", manifests.Select(manifest => Yaml.Serialize(Plain(manifest.Body)!))).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("BAAS_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing: run with BAAS_APPROVE=1 and read what it writes");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject fields => fields.ToDictionary(field => field.Key, field => Plain(field.Value)),
        JsonArray items => items.Select(Plain).ToList(),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.Deserialize<long>(),
        JsonValue value => value.GetValueKind() == JsonValueKind.True,
        _ => null,
    };
}
