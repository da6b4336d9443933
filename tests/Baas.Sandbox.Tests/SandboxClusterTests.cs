using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Store;
using Baas.Testing;

namespace Baas.Sandbox.Tests;

public sealed class SandboxClusterTests
{
    [Fact]
    public async Task StartAsync_Twice_RefusesTheSecondAndKeepsPortAndObjects()
    {
        using var folder = new TestFolder();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var options = new SandboxOptions { DataFolder = folder.In("data") };
        Uri address;
        await using (var first = await SandboxCluster.StartAsync(options, limit.Token))
        {
            address = first.ApiAddress;
            first.Store.Create(ClusterKinds.Namespaces, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "kept" } });
            var refused = await Assert.ThrowsAsync<SandboxException>(() => SandboxCluster.StartAsync(options, limit.Token));
            Assert.Equal("data-folder-in-use", refused.Code);
            Assert.Contains(address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), await File.ReadAllTextAsync(first.KubeconfigPath, limit.Token), StringComparison.Ordinal);
        }

        await using var second = await SandboxCluster.StartAsync(options, limit.Token);

        Assert.Equal(address, second.ApiAddress);
        Assert.NotNull(second.Store.Get(new ObjectKey(ClusterKinds.Namespaces, null, "kept")));
        var taken = await Assert.ThrowsAsync<SandboxException>(
            () => SandboxCluster.StartAsync(new SandboxOptions { DataFolder = folder.In("other"), ApiPort = address.Port }, limit.Token));
        Assert.Equal("port-in-use", taken.Code);
    }
}
