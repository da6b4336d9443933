using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Apply;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Tests.Cluster.Apply;

public sealed class PatchTests
{
    private const string Pod = """{"spec":{"containers":[{"name":"a","image":"a:1"},{"name":"b","image":"b:1"}]}}""";

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"b","image":"b:2"}]}}""", """{"spec":{"containers":[{"name":"a","image":"a:1"},{"name":"b","image":"b:2"}]}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"a","$patch":"delete"}]}}""", """{"spec":{"containers":[{"name":"b","image":"b:1"}]}}""")]
    [InlineData("""{"spec":{"containers":[{"$patch":"replace"},{"name":"c"}]}}""", """{"spec":{"containers":[{"name":"c"}]}}""")]
    [InlineData("""{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}}""", """{"spec":{"containers":[{"name":"b","image":"b:1"},{"name":"a","image":"a:1"}]}}""")]
    public void StrategicPatch_OfContainers_MergesByName(string patch, string expected)
    {
        var result = StrategicPatch.Apply(FieldTypes.Of(ClusterKinds.Pods), Manifests.Parse(Pod), Manifests.Parse(patch));

        Assert.True(JsonNode.DeepEquals(Manifests.Parse(expected), result), result.ToJsonString());
    }

    [Fact]
    public void MergePatch_Null_Removes() =>
        Assert.Equal("""{"b":{"d":2}}""", MergePatch.Apply(Manifests.Parse("""{"a":1,"b":{"c":1,"d":2}}"""), Manifests.Parse("""{"a":null,"b":{"c":null}}"""))!.ToJsonString());

    [Theory]
    [InlineData("""[{"op":"add","path":"/a/-","value":3}]""", """{"a":[1,2,3]}""")]
    [InlineData("""[{"op":"remove","path":"/a/0"}]""", """{"a":[2]}""")]
    [InlineData("""[{"op":"replace","path":"/a","value":0}]""", """{"a":0}""")]
    [InlineData("""[{"op":"move","from":"/a","path":"/b~1c"}]""", """{"b/c":[1,2]}""")]
    [InlineData("""[{"op":"test","path":"/a/1","value":2},{"op":"copy","from":"/a/1","path":"/b"}]""", """{"a":[1,2],"b":2}""")]
    public void JsonPatch_Operations_DoWhatTheirNamesSay(string patch, string expected) =>
        Assert.Equal(expected, JsonPatch.Apply(Manifests.Parse("""{"a":[1,2]}"""), JsonNode.Parse(patch)).ToJsonString());

    [Theory]
    [InlineData("""[{"op":"test","path":"/a/1","value":9}]""")]
    [InlineData("""[{"op":"remove","path":"/missing"}]""")]
    [InlineData("""[{"op":"add","path":"/a/9","value":1}]""")]
    [InlineData("""[{"op":"burn","path":"/a"}]""")]
    [InlineData("{}")]
    public void JsonPatch_ThatDoesNotFit_IsRefused(string patch) =>
        Assert.InRange(Assert.Throws<StatusException>(() => JsonPatch.Apply(Manifests.Parse("""{"a":[1,2]}"""), JsonNode.Parse(patch))).Status, 400, 422);
}
