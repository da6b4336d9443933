using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Kubelet;
using Baas.Sandbox.Cluster.Objects;
using Baas.Testing.Time;

namespace Baas.Sandbox.Tests.Cluster;

public sealed class PodTests
{
    [Fact]
    public async Task Pod_UnknownImage_SaysSoWithItsName()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("web", "nginx:1"));

        await cluster.UntilAsync(ClusterKinds.Pods, "web", pod =>
            pod.Objects("status", "containerStatuses").FirstOrDefault().Text("state", "waiting", "reason") is "ErrImagePull" or "ImagePullBackOff");
        var told = await cluster.UntilEventAsync("Failed");

        Assert.Contains("nginx:1", told.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_Crashing_IsRestartedOnceAtOnceThenWithBackOff()
    {
        var clock = new ManualClock();
        await using var cluster = new TestCluster(clock);
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("bad", "fake/crash:1"));

        var waiting = await BackedOffAsync(cluster, restarts: 2);
        Assert.Equal(2, cluster.Runtime.Launches.Count);
        Assert.Equal(1, waiting.Number("lastState", "terminated", "exitCode"));

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(2, cluster.Runtime.Launches.Count);
        clock.Advance(TimeSpan.FromSeconds(1));

        await BackedOffAsync(cluster, restarts: 3);
        Assert.Equal(3, cluster.Runtime.Launches.Count);
    }

    [Fact]
    public async Task Pod_RestartPolicyNever_EndsAsSucceededOrFailed()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("good", "fake/task:1", spec: "\"restartPolicy\": \"Never\","));
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("bad", "fake/crash:1", spec: "\"restartPolicy\": \"Never\","));

        await cluster.UntilAsync(ClusterKinds.Pods, "good", pod => pod.Text("status", "phase") == "Succeeded");
        await cluster.UntilAsync(ClusterKinds.Pods, "bad", pod => pod.Text("status", "phase") == "Failed");
    }

    [Fact]
    public async Task Pod_Environment_ComesFromObjectsAndFields()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.ConfigMaps, """{ "metadata": { "name": "settings" }, "data": { "LEVEL": "debug" } }""");
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("node", further: """
            "envFrom": [ { "prefix": "S_", "configMapRef": { "name": "settings" } } ],
            "env": [
              { "name": "KEY", "valueFrom": { "secretKeyRef": { "name": "keys", "key": "a" } } },
              { "name": "IP", "valueFrom": { "fieldRef": { "fieldPath": "status.podIP" } } },
              { "name": "ADDRESS", "value": "$(IP):7051 $$(IP) $(NONE)" } ],
            "args": ["--key=$(KEY)"],
            """));
        await cluster.UntilAsync(ClusterKinds.Pods, "node", pod =>
            pod.Objects("status", "containerStatuses").FirstOrDefault().Text("state", "waiting", "reason") == "CreateContainerConfigError");

        cluster.Create(ClusterKinds.Secrets, """{ "metadata": { "name": "keys" }, "stringData": { "a": "secret" } }""");
        await cluster.UntilReadyAsync("node");

        var launch = cluster.Runtime.Launches.Single();
        Assert.Equal("debug", launch.Environment["S_LEVEL"]);
        Assert.Equal("secret", launch.Environment["KEY"]);
        Assert.Equal($"{launch.Address}:7051 $(IP) $(NONE)", launch.Environment["ADDRESS"]);
        Assert.Equal(["--key=secret"], launch.Command);
    }

    [Fact]
    public async Task Pod_SecretVolume_IsPrivateAndFollowsTheSecret()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Secrets, """{ "metadata": { "name": "keys" }, "stringData": { "tls.key": "old", "other": "x" } }""");
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod(
            "node",
            further: """ "volumeMounts": [ { "name": "id", "mountPath": "/etc/id" }, { "name": "id", "mountPath": "/one.key", "subPath": "tls/server.key" } ], """,
            spec: """ "volumes": [ { "name": "id", "secret": { "secretName": "keys", "items": [ { "key": "tls.key", "path": "tls/server.key" } ] } } ], """));
        await cluster.UntilReadyAsync("node");
        var mounts = cluster.Runtime.Launches.Single().Mounts;
        var file = mounts[1].HostPath;

        Assert.Equal("old", await File.ReadAllTextAsync(file));
        Assert.Equal(Path.Combine(mounts[0].HostPath, "tls", "server.key"), file);
        Assert.True(mounts[0].IsReadOnly);
        Assert.False(File.Exists(Path.Combine(mounts[0].HostPath, "other")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(mounts[0].HostPath));
        }

        cluster.Change(ClusterKinds.Secrets, "keys", secret => secret.Ensure("data")["tls.key"] = Convert.ToBase64String("new"u8));
        await Until.TrueAsync(async () => await File.ReadAllTextAsync(file) == "new", TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Pod_LivenessFails_IsKilledAndRestarted()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("node", further: """
            "livenessProbe": { "httpGet": { "port": 7051 }, "periodSeconds": 1, "failureThreshold": 1 },
            """));
        await cluster.UntilReadyAsync("node");

        cluster.Runtime.Status = 500;
        await cluster.UntilAsync(ClusterKinds.Pods, "node", pod => pod.Objects("status", "containerStatuses").FirstOrDefault().Number("restartCount") >= 1);
        cluster.Runtime.Status = 200;

        await cluster.UntilReadyAsync("node");
        await cluster.UntilEventAsync("Unhealthy");
    }

    [Fact]
    public async Task Pod_NotAnswering_IsRunningButNotReady()
    {
        await using var cluster = new TestCluster();
        cluster.Runtime.Status = 503;
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("node", further: $"\"readinessProbe\": {TestObjects.Probe},"));

        var pod = await cluster.UntilAsync(ClusterKinds.Pods, "node", pod => pod.Text("status", "phase") == "Running");
        Assert.False(PodStates.IsReady(pod));

        cluster.Runtime.Status = 200;
        await cluster.UntilReadyAsync("node");
    }

    [Fact]
    public async Task Pod_InitContainers_RunBeforeInOrder()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("node", spec: """
            "initContainers": [ { "name": "first", "image": "fake/task:1" }, { "name": "second", "image": "fake/task:1" } ],
            """));

        var pod = await cluster.UntilReadyAsync("node");

        Assert.Equal(["first", "second", "node"], cluster.Runtime.Launches.Select(launch => launch.Container));
        Assert.All(pod.Objects("status", "initContainerStatuses"), status => Assert.Equal(0, status.Number("state", "terminated", "exitCode")));
    }

    [Fact]
    public async Task Logs_OfTheRunBefore_AreKept()
    {
        await using var cluster = new TestCluster();
        cluster.Create(ClusterKinds.Pods, TestObjects.Pod("node"));
        var pod = await cluster.UntilReadyAsync("node");
        cluster.Runtime.Launches.Single().Log("last words");
        cluster.Runtime.Running["node"].Exit(3);
        await cluster.UntilAsync(ClusterKinds.Pods, "node", pod => pod.Objects("status", "containerStatuses").FirstOrDefault().Number("restartCount") == 1 && PodStates.IsReady(pod));

        Assert.Equal(["hello from node"], await LinesAsync(cluster, pod.Uid, new LogRequest { PodUid = pod.Uid, Container = "node" }));
        Assert.Equal(["last words"], await LinesAsync(cluster, pod.Uid, new LogRequest { PodUid = pod.Uid, Container = "node", Previous = true, Tail = 1 }));
    }

    [Fact]
    public async Task Job_SucceedsOrGivesUp()
    {
        await using var cluster = new TestCluster();
        string Job(string name, string image) =>
            $$"""{ "metadata": { "name": "{{name}}" }, "spec": { "completions": 2, "backoffLimit": 1, "template": { "spec": { "restartPolicy": "Never", "containers": [ { "name": "c", "image": "{{image}}" } ] } } } }""";
        cluster.Create(ClusterKinds.Jobs, Job("good", "fake/task:1"));
        cluster.Create(ClusterKinds.Jobs, Job("bad", "fake/crash:1"));

        await cluster.UntilAsync(ClusterKinds.Jobs, "good", job => PodStates.HasCondition(job, "Complete") && job.Number("status", "succeeded") == 2);
        await cluster.UntilAsync(ClusterKinds.Jobs, "bad", job => PodStates.HasCondition(job, "Failed") && job.Number("status", "failed") == 2);
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> BackedOffAsync(TestCluster cluster, int restarts)
    {
        var pod = await cluster.UntilAsync(ClusterKinds.Pods, "bad", pod =>
            pod.Objects("status", "containerStatuses").FirstOrDefault() is { } status
            && status.Text("state", "waiting", "reason") == "CrashLoopBackOff" && status.Number("restartCount") == restarts);
        return pod.Objects("status", "containerStatuses").First();
    }

    private static async Task<List<string>> LinesAsync(TestCluster cluster, string uid, LogRequest request)
    {
        List<string> lines = [];
        await foreach (var line in cluster.Logs.Read(request, CancellationToken.None)!)
        {
            lines.Add(line);
        }

        return lines;
    }
}
