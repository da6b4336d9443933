using Baas.Core.Kubernetes;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Hosting.Local;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Clusters;

/// <summary>A cluster that cannot be used when the service starts is told by its setting, with what to do.</summary>
public sealed class ClusterCheckTests : SandboxTests, IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly LogLines _lines = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_ClusterCanBeUsed_SaysNothing()
    {
        await CheckAsync(Host.BindRole("baas", "infra/kubernetes/rbac.yaml"));

        Assert.Empty(_lines.Written);
    }

    [Theory]
    [InlineData("unreachable", "does not answer", "check the address in its kubeconfig")]
    [InlineData("without rights", "forbidden", "infra/kubernetes/rbac.yaml")]
    [InlineData("with a wrong token", "Unauthorized", "check its credentials")]
    [InlineData("with another authority", "TLS handshake", "authority that the API server's certificate is from")]
    [InlineData("with a plugin that is not there", "no-such-plugin", "install its kubeconfig's credential plugin")]
    [InlineData("with a kubeconfig that is none", "cannot read kubeconfig", "correct the kubeconfig")]
    [InlineData("without a kubeconfig", "cannot read kubeconfig", "correct the kubeconfig")]
    public async Task Start_ClusterCannotBeUsed_IsToldWithItsSettingAndWhatToDo(string how, string reason, string advice)
    {
        var good = await File.ReadAllTextAsync(Host.Cluster.KubeconfigPath);
        await using var other = how == "with another authority" ? await SandboxHost.StartAsync() : null;
        var path = _folder.In("kubeconfig");
        if (how != "without a kubeconfig")
        {
            await File.WriteAllTextAsync(path, how switch
            {
                "unreachable" => good.Replace(Host.Cluster.ApiAddress.Authority, "127.0.0.1:9", StringComparison.Ordinal),
                "without rights" => Host.Cluster.KubeconfigOf("nobody"),
                "with a wrong token" => WithUser(good, "token: wrong"),
                "with another authority" => good.Replace(Host.Cluster.ApiAddress.Authority, other!.Cluster.ApiAddress.Authority, StringComparison.Ordinal),
                "with a plugin that is not there" => WithUser(good, "exec: { apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin }"),
                _ => "nothing: [",
            });
        }

        await CheckAsync(path);

        var line = Assert.Single(_lines.Written);
        Assert.StartsWith("setting \"clusters:1\": cluster \"bad\" cannot be used now: ", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(advice, line, StringComparison.Ordinal);
    }

    private async Task CheckAsync(string kubeconfig)
    {
        ClusterOptions[] settings = [SandboxHost.Settings("good", Host.Cluster.KubeconfigPath), SandboxHost.Settings("bad", kubeconfig)];
        using KubernetesClusters clusters = new(settings, cluster => KubernetesConnector.Connect(cluster, TimeProvider.System));
        using ClusterCheck check = new(clusters, _lines.For<ClusterCheck>());
        await check.StartAsync(CancellationToken.None);
        await check.ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(1)); // it has been started
    }

    private static string WithUser(string kubeconfig, string user)
    {
        var end = kubeconfig.IndexOf("    client-certificate-data:", StringComparison.Ordinal);
        return $"{kubeconfig[..end]}    {user}\n";
    }
}
