using System.Diagnostics;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Testing.Kubernetes;

namespace Baas.Sandbox.Tests.Cluster;

/// <summary>The API as the real kubectl uses it.</summary>
public sealed class KubectlTests : IAsyncLifetime
{
    private ApiCluster _cluster = null!; // set before every test

    public async Task InitializeAsync() => _cluster = await ApiCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [KubectlFact]
    public async Task Get_Pods_PrintsTheColumnsThatPeopleKnow()
    {
        _cluster.Store.Create(ClusterKinds.Pods, Manifests.Pod("peer-0"));

        var plain = await RunAsync("get", "pods");
        var wide = await RunAsync("get", "po", "-A", "-o", "wide");
        var described = await RunAsync("describe", "pod", "peer-0");

        Assert.Matches(@"^NAME +READY +STATUS +RESTARTS +AGE\s+peer-0 +0/1 +Pending +0 +\d+s", plain.Output);
        Assert.Contains("NOMINATED NODE", wide.Output, StringComparison.Ordinal);
        Assert.Contains("example/main:1", described.Output, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task ApplyServerSide_OtherOwner_ConflictsUntilForced()
    {
        var file = await FileAsync(Manifests.StatefulSet("orderer", 1));
        var other = await FileAsync(Manifests.StatefulSet("orderer", 3));

        var first = await RunAsync("apply", "--server-side", "--field-manager=first", "-f", file);
        var refused = await RunAsync("apply", "--server-side", "--field-manager=second", "-f", other);
        var forced = await RunAsync("apply", "--server-side", "--field-manager=second", "--force-conflicts", "-f", other);

        Assert.Equal(("statefulset.apps/orderer serverside-applied\n", 0), (first.Output, first.Code));
        Assert.Equal(1, refused.Code);
        Assert.Contains("conflict with \"first\": .spec.replicas", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (forced.Code, forced.Error));
    }

    [KubectlFact]
    public async Task ApplyClientSide_Twice_ChangesOnlyWhatDiffers()
    {
        var file = await FileAsync(Manifests.StatefulSet("peer", 1));
        var other = await FileAsync(Manifests.StatefulSet("peer", 1).Replace("\"value\":\"1\"", "\"value\":\"2\"", StringComparison.Ordinal));

        var created = await RunAsync("apply", "-f", file);
        var same = await RunAsync("apply", "-f", file);
        var changed = await RunAsync("apply", "-f", other);
        var value = await RunAsync("get", "sts", "peer", "-o", "jsonpath={.spec.template.spec.containers[0].env[0].value}");

        Assert.Equal(("statefulset.apps/peer created\n", ""), (created.Output, created.Error));
        Assert.Equal("statefulset.apps/peer unchanged\n", same.Output);
        Assert.Equal("statefulset.apps/peer configured\n", changed.Output);
        Assert.Equal("2", value.Output);
    }

    [KubectlFact]
    public async Task EditingCommands_ConfigMap_DoWhatTheySay()
    {
        var created = await RunAsync("create", "-f", await FileAsync("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"a":"1"}}"""));
        var labelled = await RunAsync("label", "configmap", "settings", "tier=gold");
        var patched = await RunAsync("patch", "configmap", "settings", "--type=merge", "-p", "{\"data\":{\"a\":\"2\"}}");
        var selected = await RunAsync("get", "cm", "-l", "tier=gold", "-o", "jsonpath={.items[*].data.a}");
        var deleted = await RunAsync("delete", "cm", "settings");
        var gone = await RunAsync("get", "cm", "settings");

        Assert.All([created, labelled, patched, selected, deleted], result => Assert.Equal((0, ""), (result.Code, result.Error)));
        Assert.Equal("2", selected.Output);
        Assert.Contains("(NotFound)", gone.Error, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Create_UnknownField_IsRefusedBecauseKubectlAsksForIt()
    {
        var file = await FileAsync(Manifests.StatefulSet("typo").Replace("\"replicas\"", "\"replicsa\"", StringComparison.Ordinal));

        var result = await RunAsync("create", "-f", file);

        Assert.Contains("unknown field \"spec.replicsa\"", result.Error, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Logs_OfAContainer_AreItsLines()
    {
        _cluster.Store.Create(ClusterKinds.Pods, Manifests.Pod("peer-0"));

        var result = await RunAsync("logs", "peer-0", "--tail=2");

        Assert.Equal(("main: two\nmain: three\n", ""), (result.Output, result.Error));
    }

    [KubectlFact]
    public async Task ExplainAndScale_StatefulSet_Work()
    {
        await RunAsync("apply", "-f", await FileAsync(Manifests.StatefulSet("peer")));

        var explained = await RunAsync("explain", "statefulset.spec");
        var scaled = await RunAsync("scale", "statefulset", "peer", "--replicas=0");

        Assert.Contains("volumeClaimTemplates", explained.Output, StringComparison.Ordinal);
        Assert.Equal(("statefulset.apps/peer scaled\n", ""), (scaled.Output, scaled.Error));
    }

    [KubectlFact]
    public async Task GetWatch_NewObject_IsPrintedWhenItComes()
    {
        using var process = Start("get", "configmaps", "-w", "--no-headers");
        var line = process.StandardOutput.ReadLineAsync();
        _cluster.Store.Create(ClusterKinds.ConfigMaps, Manifests.Named("first"));
        Assert.StartsWith("first", await line.WaitAsync(TimeSpan.FromMinutes(1)), StringComparison.Ordinal);

        _cluster.Store.Create(ClusterKinds.ConfigMaps, Manifests.Named("second"));
        Assert.StartsWith("second", await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
        process.Kill();
    }

    private async Task<string> FileAsync(string text)
    {
        var path = Path.Combine(_cluster.Folder, Path.GetRandomFileName() + ".json");
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = _cluster.Kubeconfig;
        start.Environment["KUBECACHEDIR"] = Path.Combine(_cluster.Folder, "cache");
        start.Environment["HOME"] = _cluster.Folder;
        return Process.Start(start)!; // a new process, not a shell's
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }
}
