using System.Text.Json.Nodes;
using Baas.EndToEnd.Tests.Up;
using Baas.Testing.Kubernetes;

namespace Baas.EndToEnd.Tests.Kubectl;

/// <summary>What people do with kubectl to a network that Baas has made.</summary>
[Collection(UpDefinition.Name)]
public sealed class MadeNetworkTests(ServedNetwork served)
{
    private const string Orderers = "default-two-orgs-orderer";
    private const string Org1 = "default-two-orgs-org1";

    private Kubectl Cluster => new(served.Kubeconfig);

    [KubectlFact]
    public async Task Network_IsShown()
    {
        var pods = await Cluster.RunAsync("get", "pods", "-A", "--no-headers");
        var described = await Cluster.RunAsync("describe", "pod", "-n", Orderers, "orderer-1-0");
        var logs = await Cluster.RunAsync("logs", "-n", Orderers, "orderer-1-0");
        var sets = await Cluster.RunAsync("get", "statefulset", "-A", "-o", "wide");
        var events = await Cluster.RunAsync("get", "events", "-n", Org1);

        var lines = pods.Split('\n').Where(line => line.Contains("two-orgs", StringComparison.Ordinal)).ToList();
        Assert.Equal(9, lines.Count);
        Assert.All(lines, line => Assert.Matches(@"\s1/1\s+Running\s", line));
        Assert.Contains("hyperledger/fabric-orderer:3.1.5", described, StringComparison.Ordinal);
        Assert.Contains("Controlled By:  StatefulSet/orderer-1", described, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", described, StringComparison.Ordinal);
        Assert.Contains("emulated orderer", logs, StringComparison.Ordinal);
        Assert.Contains("hyperledger/fabric-peer:3.1.5", sets, StringComparison.Ordinal);
        Assert.Contains("pod/peer-1-0", events, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task DeletedPod_ComesBackWithItsLedger()
    {
        var before = await PodAsync("peer-1-0");
        var heights = Ledgers();

        await Cluster.RunAsync("delete", "pod", "-n", Org1, "peer-1-0");
        await Cluster.RunAsync("wait", "-n", Org1, "--for=condition=Ready", "pod/peer-1-0", "--timeout=60s");

        var after = await PodAsync("peer-1-0");
        Assert.NotEqual((string?)before["metadata"]!["uid"], (string?)after["metadata"]!["uid"]);
        Assert.Equal((string?)before["status"]!["podIP"], (string?)after["status"]!["podIP"]);
        Assert.Contains("emulated peer", await Cluster.RunAsync("logs", "-n", Org1, "peer-1-0"), StringComparison.Ordinal);
        Assert.Equal(heights, Ledgers());
        Assert.Equal("ready", (string?)(await served.GetJsonAsync("network", "get", ServedNetwork.Network))["state"]);
    }

    [KubectlFact]
    public async Task ForeignNamespace_IsRefusedAndLeftUntouched()
    {
        const string Name = "default-foreign-org1";
        var manifest = served.Write("foreign-namespace.yaml", $"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {Name}\n  labels: {{ team: other }}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: theirs\n  namespace: {Name}\ndata: {{ a: b }}\n");
        await Cluster.RunAsync("apply", "--server-side", "-f", manifest);
        var before = await Cluster.GetAsync("get", "namespace", Name);
        var specification = served.Write("foreign.yaml", """
            name: foreign
            fabricVersion: 3.1.5
            ordering: { nodes: 1 }
            organizations: [{ name: org1, peers: 1 }]
            channels: [{ name: main }]
            """);

        var refused = await served.RunAsync("network", "create", "-f", specification);

        Assert.True(refused.ExitCode == 1, refused.ToString());
        Assert.Contains("namespace-foreign", refused.Error, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(before, await Cluster.GetAsync("get", "namespace", Name)), "the namespace was changed");
        Assert.Equal(["configmap/kube-root-ca.crt", "configmap/theirs"], (await Cluster.RunAsync("get", "configmap,secret,service,statefulset", "-n", Name, "-o", "name"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Append("configmap/kube-root-ca.crt").Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("default-foreign-orderer", await Cluster.RunAsync("get", "namespaces", "-o", "name"), StringComparison.Ordinal);
        Assert.Equal(5, (await served.RunAsync("network", "get", "foreign")).ExitCode);
    }

    private Task<JsonNode> PodAsync(string name) => Cluster.GetAsync("get", "pod", "-n", Org1, name);

    // Each emulated node appends its blocks to a file on its volume, so the same lengths are the same heights.
    private Dictionary<string, long> Ledgers() => Directory.EnumerateFiles(Path.Combine(served.Data, "sandbox", "volumes"), "blocks", SearchOption.AllDirectories)
        .ToDictionary(file => file, file => new FileInfo(file).Length);
}
