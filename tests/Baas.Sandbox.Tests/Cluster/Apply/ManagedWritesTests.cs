using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Apply;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Tests.Cluster.Apply;

public sealed class ManagedWritesTests
{
    private static readonly ObjectKey Key = new(ClusterKinds.StatefulSets, "default", "a");

    [Fact]
    public void Apply_FieldLeftOut_IsRemovedWhenNobodyElseOwnsIt()
    {
        var first = Apply("one", null, """{"metadata":{"labels":{"a":"1","b":"2"}}}""");

        var second = Apply("one", first, """{"metadata":{"labels":{"b":"2"}}}""");

        Assert.Equal("""{"b":"2"}""", second.Labels!.ToJsonString());
    }

    [Fact]
    public void Apply_FieldLeftOutButSharedWithAnother_Stays()
    {
        var first = Apply("one", null, """{"metadata":{"labels":{"a":"1"}}}""");
        var shared = Apply("two", first, """{"metadata":{"labels":{"a":"1"}}}""");

        var after = Apply("one", shared, """{"metadata":{}}""");

        Assert.Equal("1", after.Labels.Text("a"));
    }

    [Fact]
    public void Apply_ItemsOfTwoManagers_AreMergedByTheirKeys()
    {
        var first = Apply("one", null, Containers("""{"name":"x","image":"x:1"}"""));

        var second = Apply("two", first, Containers("""{"name":"y","image":"y:1"}"""));
        var third = Apply("one", second, Containers("""{"name":"x","image":"x:2"}"""));

        Assert.Equal(["x:2", "y:1"], third.Objects("spec", "template", "spec", "containers").Select(one => one.Text("image")));
    }

    [Fact]
    public void Apply_ValueOfAnother_ConflictsAndMovesWhenForced()
    {
        var first = Apply("one", null, """{"spec":{"replicas":1}}""");

        var failure = Assert.Throws<StatusException>(() => Apply("two", first, """{"spec":{"replicas":2}}"""));
        var forced = Apply("two", first, """{"spec":{"replicas":2}}""", force: true);

        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .spec.replicas", failure.Message);
        Assert.Equal(["two"], FieldManager.Read(forced).Select(manager => manager.Name));
    }

    [Fact]
    public void Apply_SameTwice_IsTheSameObject()
    {
        var first = Apply("one", null, Containers("""{"name":"x","image":"x:1","ports":[{"containerPort":7050}]}"""));
        first.Objects("spec", "template", "spec", "containers").Single().Objects("ports").Single()["protocol"] = "TCP"; // as defaults do

        var second = Apply("one", first, Containers("""{"name":"x","image":"x:1","ports":[{"containerPort":7050}]}"""));

        Assert.True(JsonNode.DeepEquals(first, second));
    }

    [Fact]
    public void Record_Update_TakesOwnershipFromTheApplier()
    {
        var first = Apply("one", null, """{"spec":{"replicas":1}}""");
        var changed = first.Copy();
        changed["spec"]!["replicas"] = 5;

        new ManagedWrites(ClusterKinds.StatefulSets, "editor", null, DateTimeOffset.UnixEpoch).Record(first, changed);

        Assert.Equal(("editor", false), Assert.Single(FieldManager.Read(changed)) is var owner ? (owner.Name, owner.IsApply) : default);
        Assert.Contains("using apps/v1", Assert.Throws<StatusException>(() => Apply("one", changed, """{"spec":{"replicas":1}}""")).Message, StringComparison.Ordinal);
    }

    private static string Containers(string container) => """{"spec":{"template":{"spec":{"containers":[ITEM]}}}}""".Replace("ITEM", container, StringComparison.Ordinal);

    private static JsonObject Apply(string manager, JsonObject? live, string applied, bool force = false) =>
        new ManagedWrites(ClusterKinds.StatefulSets, manager, null, DateTimeOffset.UnixEpoch).Apply(Key, live, Manifests.Parse(applied), force);
}
