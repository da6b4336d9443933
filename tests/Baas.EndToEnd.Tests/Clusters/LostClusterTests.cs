using System.Net;
using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;

namespace Baas.EndToEnd.Tests.Clusters;

/// <summary>The drill for a whole region: its cluster is gone for good, and the network comes back under its name on the other one.</summary>
public sealed class LostClusterTests : IAsyncLifetime
{
    private static readonly ClusterName West = ClusterName.Parse("west");

    private Regions _regions = null!; // InitializeAsync

    public async Task InitializeAsync() => _regions = await Regions.StartAsync();

    public Task DisposeAsync() => _regions.DisposeAsync().AsTask();

    [Fact]
    public async Task Cluster_IsLost_NetworkComesBackOnTheOtherOne()
    {
        var api = _regions.Service.Api;
        Succeeded(await api.CreateToEndAsync("drill", DrillNetwork.Specification("drill") + "\nexposure: cluster\n"));
        var network = new DrillNetwork(_regions.Service, "drill");
        await network.WriteAsync("before", 5);
        var backup = BackupId.Of(Succeeded(await api.BackUpToEndAsync("drill")).Id);
        var before = await network.HeightsAsync();
        await AssertRefusedAsync(HttpStatusCode.Conflict, "cluster-answers", api.TryDeleteAsync("drill", lostCluster: "east"));

        await _regions.East.LoseClusterAsync();
        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "cluster-unknown", api.TryDeleteAsync("drill", lostCluster: "west"));
        await AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "cluster-unknown", api.TryDeleteAsync("drill", lostCluster: "No name"));
        await AssertRefusedAsync(HttpStatusCode.Conflict, "restore-original-there", api.TryRestoreAsync("drill", backup, force: true, cluster: West));
        Assert.Equal(NetworkState.Ready, (await api.FindAsync("drill"))?.State);

        var deleted = Succeeded(await EndOfAsync(api.TryDeleteAsync("drill", lostCluster: "east")));
        Assert.Contains("east", deleted.Message, StringComparison.Ordinal);
        Assert.Contains("orderer, org1, org2", deleted.Message, StringComparison.Ordinal);
        Assert.Null(await api.FindAsync("drill"));

        Succeeded(await EndOfAsync(api.TryRestoreAsync("drill", backup, cluster: West)));
        await network.AssertAgreeAsync(before);
        await network.AssertDefinitionAsync();
        await network.WriteAsync("after", 3);
        await network.AssertAssetsAsync(network.Written);
        await _regions.Service.Get<HealthSweep>().RunAsync(CancellationToken.None);
        Assert.Equal("healthy", (string?)JsonNode.Parse(await _regions.Service.Http.GetStringAsync("networks/drill/health"))?["state"]);
        Succeeded(await api.BackUpToEndAsync("drill"));
    }

    [Fact]
    public async Task ClusterOfAnOrganization_IsLost_TheRestIsDeleted()
    {
        var specification = DrillNetwork.Specification("half").Replace("  - name: org2\n", "  - name: org2\n    cluster: west\n", StringComparison.Ordinal);
        Succeeded(await _regions.Service.Api.CreateToEndAsync("half", specification));
        Assert.True(Remains.ObjectsOf(_regions.East.Cluster.Store.State, ServiceRun.Tenant, "half").Count > 0);

        await _regions.West.LoseClusterAsync();
        var deleted = Succeeded(await EndOfAsync(_regions.Service.Api.TryDeleteAsync("half", lostCluster: "west")));

        Assert.EndsWith("all of org2", deleted.Message, StringComparison.Ordinal);
        Assert.Empty(Remains.ObjectsOf(_regions.East.Cluster.Store.State, ServiceRun.Tenant, "half"));
        Assert.Null(await _regions.Service.Api.FindAsync("half"));
    }

    private static async Task AssertRefusedAsync(HttpStatusCode status, string code, Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        var problem = await response.Content.ReadAsStringAsync();
        Assert.Equal((status, code), (response.StatusCode, (string?)JsonNode.Parse(problem)?["code"]));
    }

    private async Task<OperationResource> EndOfAsync(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        return await _regions.Service.Api.EndOfAsync(await NetworkApi.AcceptedAsync(response));
    }

    private static OperationResource Succeeded(OperationResource operation)
    {
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
        return operation;
    }
}
