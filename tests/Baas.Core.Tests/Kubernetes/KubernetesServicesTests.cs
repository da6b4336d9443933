using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Testing.Kubernetes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baas.Core.Tests.Kubernetes;

public sealed class KubernetesServicesTests
{
    [Fact]
    public void AddKubernetes_Clusters_AreFoundByName()
    {
        using var services = Services(options =>
        {
            options.Clusters.Add(new ClusterOptions { Name = "east", Kubeconfig = "east.yaml" });
            options.Clusters.Add(new ClusterOptions { Name = "west", Kubeconfig = "west.yaml" });
        });
        var clusters = services.GetRequiredService<KubernetesClusters>();

        Assert.Equal(["east", "west"], clusters.All.Select(cluster => cluster.Name));
        Assert.Equal("kubeconfig-missing", Assert.Throws<KubernetesException>(() => clusters.Get(ClusterName.Parse("west"))).Code);
        Assert.Equal("cluster-unknown", Assert.Throws<KubernetesException>(() => clusters.Get(ClusterName.Parse("north"))).Code);
    }

    [Fact]
    public void AddKubernetes_SameNameTwice_IsRefused()
    {
        using var services = Services(options =>
        {
            options.Clusters.Add(new ClusterOptions { Kubeconfig = "a" });
            options.Clusters.Add(new ClusterOptions { Kubeconfig = "b" });
        });

        Assert.Throws<OptionsValidationException>(services.GetRequiredService<KubernetesClusters>);
    }

    [Fact]
    public async Task Get_TheWayToOneHangs_OthersAreFoundMeanwhile()
    {
        using ManualResetEventSlim gate = new();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using KubernetesClusters clusters = new([new() { Name = "east" }, new() { Name = "west" }], cluster =>
        {
            if (cluster.Name == "east")
            {
                begun.SetResult();
                gate.Wait(); // a credential plugin that asks somebody who is not there
            }

            return new FakeKubernetes();
        });
        var east = Task.Run(() => clusters.Get(ClusterName.Parse("east")));
        await begun.Task;

        var west = await Task.Run(() => clusters.Get(ClusterName.Parse("west"))).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("west", west.Options.Name);
        Assert.False(east.IsCompleted);
        gate.Set();
        Assert.Same(await east, clusters.Get(null));
    }

    private static ServiceProvider Services(Action<ClustersOptions> configure) =>
        new ServiceCollection().AddSingleton(TimeProvider.System).AddKubernetes(configure).BuildServiceProvider();
}
