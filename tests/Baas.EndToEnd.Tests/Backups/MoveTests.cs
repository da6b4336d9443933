using System.Net;
using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>A network comes back under another name, in namespaces of that name: with the same ledgers, definitions and assets, and it goes on.</summary>
public sealed class MoveTests : SandboxTests
{
    [Fact]
    public async Task Restore_UnderAnotherName_GivesTheSameNetwork()
    {
        await using var service = await Host.StartServiceAsync("service");
        Succeeded(await service.Api.CreateToEndAsync("former", DrillNetwork.Specification("former")));
        var former = new DrillNetwork(service, "former");
        await former.WriteAsync("before", 10);
        var backup = BackupId.Of(Succeeded(await service.Api.BackUpToEndAsync("former")).Id);
        using (var refused = await service.Api.TryRestoreAsync("moved", backup, from: "former"))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("restore-original-there", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var (heights, nodes) = (await former.HeightsAsync(), await former.NodesAsync());
        Succeeded(await service.Api.DeleteToEndAsync("former"));

        Succeeded(await service.Api.MoveToEndAsync("moved", "former", backup));

        var moved = new DrillNetwork(service, "moved");
        Assert.Equal(nodes.Select(node => node.Address), (await moved.NodesAsync()).Select(node => node.Address));
        await moved.AssertAgreeAsync(heights);
        await moved.AssertDefinitionAsync();
        await moved.AssertAssetsAsync(former.Written);
        await moved.WriteAsync("after", 3);
        await moved.AssertAssetsAsync(moved.Written);
        Assert.Null(await service.Api.FindAsync("former"));

        await service.Get<HealthSweep>().RunAsync(CancellationToken.None);
        Assert.Equal("healthy", await HealthAsync(service, "moved"));

        // It is a network like any other: it has backups of its own, and can be deleted.
        Succeeded(await service.Api.BackUpToEndAsync("moved"));
        Succeeded(await service.Api.DeleteToEndAsync("moved"));
    }

    private static async Task<string?> HealthAsync(ServiceRun service, string name)
    {
        var health = JsonNode.Parse(await service.Http.GetStringAsync($"networks/{name}/health"))!; // it was looked at
        return (int?)health["findings"]?.AsArray().Count == 0 ? (string?)health["state"] : health.ToJsonString();
    }

    private static OperationResource Succeeded(OperationResource operation)
    {
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
        return operation;
    }
}
