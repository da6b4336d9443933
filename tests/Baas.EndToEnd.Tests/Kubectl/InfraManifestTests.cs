using Baas.EndToEnd.Tests.Fixture;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Testing;
using Baas.Testing.Kubernetes;
using Baas.Testing.Programs;
using YamlDotNet.Serialization;

namespace Baas.EndToEnd.Tests.Kubectl;

/// <summary>The manifests and charts of <c>infra</c> are ones that a cluster takes: every field known, every kind there.</summary>
public sealed class InfraManifestTests : SandboxTests
{
    private const string Role = "infra/kubernetes/rbac.yaml";
    private const string Service = "infra/helm/baas";
    private const string Logs = "infra/helm/baas-logs";

    private Kubectl Cluster => new(Host.Cluster.KubeconfigPath);

    [KubectlFact]
    public async Task Role_IsTakenByTheCluster()
    {
        var printed = await Cluster.RunAsync("apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", Repository.In(Role));

        Assert.Contains("clusterrole.rbac.authorization.k8s.io/baas serverside-applied (server dry run)", printed, StringComparison.Ordinal);
        Assert.Empty(Host.Cluster.Store.List(ClusterKinds.ClusterRoles));
    }

    [HelmFact]
    public async Task Charts_PassHelmsLint()
    {
        (await HelmAsync("lint", "--strict", Service)).AssertSuccess();
        (await HelmAsync("lint", "--strict", Logs)).AssertSuccess();
    }

    [HelmFact]
    public async Task ServiceChart_InEveryForm_IsTakenByTheCluster()
    {
        await TakenAsync(7, Service);
        await TakenAsync(
            4, Service, "--set", "rbac.create=false,networkPolicy.enabled=false,data.storageClass=fast,service.type=LoadBalancer,service.annotations.a=b,image.pullSecrets[0].name=registry,nodeSelector.disk=ssd");
        await TakenAsync(7, Service, "--set", "networkPolicy.allowedNamespaces.team=blue,tolerations[0].operator=Exists");
    }

    [HelmFact]
    public async Task LogsChart_InEveryForm_IsTakenByTheCluster()
    {
        await TakenAsync(6, Logs);
        await TakenAsync(6, Logs, "--set", "output.kind=elasticsearch,output.host=es,output.port=9200,output.tls=true,output.credentialsSecret=es,image.pullSecrets[0].name=registry");
        await TakenAsync(6, Logs, "--set", "output.kind=loki,output.lokiTenant=acme,output.credentialsSecret=loki");
    }

    [HelmFact("fluent-bit")]
    public async Task LogsChart_IsWhatFluentBitTakes()
    {
        foreach (var kind in new[] { "loki", "elasticsearch" })
        {
            var rendered = await HelmAsync("template", "some", Logs, "--show-only", "templates/configuration.yaml", "--set", $"output.kind={kind},output.tls=true,output.credentialsSecret=some");
            rendered.AssertSuccess();
            using var folder = new TestFolder();
            var map = new Deserializer().Deserialize<Dictionary<string, object>>(rendered.Output);
            await File.WriteAllTextAsync(folder.In("fluent-bit.yaml"), (string)((Dictionary<object, object>)map["data"])["fluent-bit.yaml"]);

            (await ProgramRun.OfAsync("fluent-bit", ["--dry-run", "--config", folder.In("fluent-bit.yaml")])).AssertSuccess();
        }
    }

    [HelmFact]
    public async Task Values_ThatMakeNoSense_AreRefusedByName()
    {
        foreach (var (chart, value, place) in new[]
        {
            (Logs, "output.kind=kafka", "/output/kind"),
            (Logs, "output.port=none", "/output/port"),
            (Service, "service.type=Magic", "/service/type"),
            (Service, "settings.clusters=x", "/settings/clusters"),
            (Service, "replicas=3", "replicas"), // one process at a time has the data folder open
        })
        {
            var refused = await HelmAsync("template", "some", chart, "--set", value);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains(place, refused.Error, StringComparison.Ordinal);
        }
    }

    // As somebody installs it: rendered by Helm, then applied by kubectl, with nothing unknown in it.
    private async Task TakenAsync(int objects, string chart, params string[] values)
    {
        var rendered = await HelmAsync(["template", "some", chart, "--namespace", "default", .. values]);
        rendered.AssertSuccess();
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.In("rendered.yaml"), rendered.Output);

        var printed = await Cluster.RunAsync("apply", "--server-side", "--dry-run=server", "--validate=strict", "-n", "default", "-f", folder.In("rendered.yaml"));

        Assert.Equal(objects, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.EndsWith("serverside-applied (server dry run)", StringComparison.Ordinal)));
    }

    // Settings of its own, so that nothing of the one who runs the tests is read.
    private static Task<ProgramRun> HelmAsync(params string[] arguments) =>
        ProgramRun.OfAsync(HelmProgram.Path!, arguments, environment: new Dictionary<string, string> { ["HELM_NO_PLUGINS"] = "1", ["KUBECONFIG"] = "/dev/null" }); // the attribute has looked
}
