using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Tests.Cluster;

public sealed class StatefulSetTests
{
    [Fact]
    public async Task StatefulSet_Created_RunsItsPodWithItsClaimAndReportsIt()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer"));

        var set = await cluster.UntilAsync(ClusterKinds.StatefulSets, "peer", set => set.Number("status", "readyReplicas") == 1);

        Assert.Equal(1, set.Number("status", "observedGeneration"));
        Assert.Equal(1, set.Number("status", "updatedReplicas"));
        Assert.Equal(set.Text("status", "updateRevision"), set.Text("status", "currentRevision"));
        var claim = cluster.Get(ClusterKinds.PersistentVolumeClaims, "data-peer-0");
        Assert.Equal("Bound", claim.Text("status", "phase"));
        var mount = Assert.Single(Assert.Single(cluster.Runtime.Launches).Mounts);
        Assert.Equal("/data", mount.ContainerPath);
        Assert.StartsWith(cluster.VolumesFolder, mount.HostPath, StringComparison.Ordinal);
        Assert.Equal("true", cluster.Get(ClusterKinds.Pods, "peer-0")!.Labels.Text("baas.dev/emulated"));
    }

    [Fact]
    public async Task StatefulSet_Ordered_StartsTheNextWhenTheOneBeforeIsReady()
    {
        await using var cluster = new TestCluster();
        cluster.Runtime.Status = 503;
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer", replicas: 2));
        await cluster.UntilAsync(ClusterKinds.Pods, "peer-0", pod => pod.Text("status", "phase") == "Running");
        Assert.Null(cluster.Get(ClusterKinds.Pods, "peer-1"));

        cluster.Runtime.Status = 200;

        await cluster.UntilReadyAsync("peer-1");
        Assert.Equal(["peer-0", "peer-1"], cluster.Runtime.Launches.Select(launch => launch.Pod));
    }

    [Fact]
    public async Task StatefulSet_TemplateChanged_ReplacesPodsFromTheLast()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer", replicas: 2, policy: "Parallel"));
        await cluster.UntilAsync(ClusterKinds.StatefulSets, "peer", set => set.Number("status", "readyReplicas") == 2);

        cluster.Change(ClusterKinds.StatefulSets, "peer", set => set.At("spec", "template", "spec", "containers")![0]!["image"] = "fake/node:2");

        await cluster.UntilAsync(ClusterKinds.StatefulSets, "peer", set =>
            set.Number("status", "observedGeneration") == 2 && set.Number("status", "updatedReplicas") == 2 && set.Number("status", "readyReplicas") == 2);
        Assert.Equal(["peer-1", "peer-0"], cluster.Runtime.Launches.Where(launch => launch.Image == "fake/node:2").Select(launch => launch.Pod));
    }

    [Theory]
    [InlineData("OrderedReady")]
    [InlineData("Parallel")]
    public async Task StatefulSet_TemplateTakenBack_LeavesABrokenPodUntilSomebodyDeletesIt(string policy)
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer", policy: policy));
        await cluster.UntilReadyAsync("peer-0");
        var good = cluster.Get(ClusterKinds.StatefulSets, "peer")!.At("spec", "template", "spec", "containers")![0]!["image"]!.ToString();
        cluster.Runtime.Status = 503;
        cluster.Change(ClusterKinds.StatefulSets, "peer", set => set.At("spec", "template", "spec", "containers")![0]!["image"] = "fake/node:2");
        var broken = await cluster.UntilAsync(ClusterKinds.Pods, "peer-0", pod => pod.At("spec", "containers")![0]!["image"]!.ToString() == "fake/node:2" && pod.Text("status", "phase") == "Running");

        cluster.Change(ClusterKinds.StatefulSets, "peer", set => set.At("spec", "template", "spec", "containers")![0]!["image"] = good);

        await cluster.UntilAsync(ClusterKinds.StatefulSets, "peer", set => set.Number("status", "observedGeneration") == 3);
        var still = cluster.Get(ClusterKinds.Pods, "peer-0")!;
        Assert.Equal((broken.Uid, false), (still.Uid, still.IsDeleting));
        cluster.Runtime.Status = 200;
        cluster.Store.Delete(TestCluster.Key(ClusterKinds.Pods, "peer-0"));
        await cluster.UntilAsync(ClusterKinds.Pods, "peer-0", pod => pod.Uid != broken.Uid && PodStates.IsReady(pod) && pod.At("spec", "containers")![0]!["image"]!.ToString() == good);
    }

    [Fact]
    public async Task StatefulSet_ScaledDown_RemovesTheHighestAndKeepsItsClaim()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer", replicas: 2));
        await cluster.UntilReadyAsync("peer-1");

        cluster.Change(ClusterKinds.StatefulSets, "peer", set => set.Ensure("spec")["replicas"] = 1);

        await cluster.UntilGoneAsync(TestCluster.Key(ClusterKinds.Pods, "peer-1"));
        Assert.NotNull(cluster.Get(ClusterKinds.PersistentVolumeClaims, "data-peer-1"));
        Assert.True(PodStates.IsReady(cluster.Get(ClusterKinds.Pods, "peer-0")!));
    }

    [Fact]
    public async Task Pod_Deleted_ComesBackWithAddressAndVolume()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Services, TestObjects.Service("peer", "peer"));
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer"));
        var before = await cluster.UntilReadyAsync("peer-0");
        var folder = cluster.Runtime.Launches.Single().Mounts[0].HostPath;
        await File.WriteAllTextAsync(Path.Combine(folder, "block"), "1");

        cluster.Store.Delete(TestCluster.Key(ClusterKinds.Pods, "peer-0"));

        var after = await cluster.UntilAsync(ClusterKinds.Pods, "peer-0", pod => pod.Uid != before.Uid && PodStates.IsReady(pod));
        Assert.Equal(before.Text("status", "podIP"), after.Text("status", "podIP"));
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(cluster.Runtime.Launches.Last().Mounts[0].HostPath, "block")));
        Assert.False(Directory.Exists(Path.Combine(cluster.PodsFolder, before.Uid)));
    }

    [Fact]
    public async Task Namespace_Deleted_LeavesNoFolderAndNoVolume()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Secrets, """{ "metadata": { "name": "keys" }, "stringData": { "a": "1" } }""");
        cluster.Create(ClusterKinds.Services, TestObjects.Service("peer", "peer"));
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer", replicas: 2, policy: "Parallel"));
        await cluster.UntilAsync(ClusterKinds.StatefulSets, "peer", set => set.Number("status", "readyReplicas") == 2);

        var space = new Sandbox.Cluster.Store.ObjectKey(ClusterKinds.Namespaces, null, TestCluster.Space);
        cluster.Store.Delete(space);
        await cluster.UntilGoneAsync(space);

        Assert.Empty(Directory.EnumerateDirectories(cluster.VolumesFolder));
        Assert.Empty(Directory.EnumerateDirectories(cluster.PodsFolder));
        Assert.Empty(cluster.Store.List(ClusterKinds.PersistentVolumes));
    }

    [Fact]
    public async Task Cluster_Restarted_StartsItsPodsWithTheSameAddressesAndVolumes()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Services, TestObjects.Service("peer", "peer", "LoadBalancer"));
        cluster.Create(ClusterKinds.StatefulSets, TestObjects.StatefulSet("peer"));
        var before = await cluster.UntilReadyAsync("peer-0");
        var launch = cluster.Runtime.Launches.Single();
        var container = cluster.Runtime.Running["peer-0"];

        await cluster.RestartAsync();

        await cluster.UntilAsync(() => cluster.Runtime.Launches.FirstOrDefault(), () => "nothing started");
        var after = await cluster.UntilReadyAsync("peer-0");
        var again = cluster.Runtime.Launches.Single();
        Assert.NotNull(container.StoppedWith);
        Assert.Equal(before.Uid, after.Uid);
        Assert.Equal(launch.Address, again.Address);
        Assert.Equal(launch.Mounts[0].HostPath, again.Mounts[0].HostPath);
    }
}
