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

    [Fact]
    public async Task Restore_OfNamesOfNamespaces_StandsBesideTheOriginal()
    {
        await using var service = await Host.StartServiceAsync("service");
        var specification = DrillNetwork.Specification("inner") + "\nexposure: cluster\n";
        Succeeded(await service.Api.CreateToEndAsync("inner", specification));
        var original = new DrillNetwork(service, "inner");
        await original.WriteAsync("before", 5);
        var backup = BackupId.Of(Succeeded(await service.Api.BackUpToEndAsync("inner")).Id);
        var before = await original.HeightsAsync();

        Succeeded(await service.Api.MoveToEndAsync("copy", "inner", backup));

        var copy = new DrillNetwork(service, "copy");
        await copy.AssertAgreeAsync(before);
        await copy.AssertDefinitionAsync();
        await copy.AssertAssetsAsync(original.Written);
        await copy.WriteAsync("copied", 3);
        await original.WriteAsync("meanwhile", 3);
        await copy.AgreeAsync();
        await original.AgreeAsync();
        await copy.AssertAssetsAsync(copy.Written);
        await original.AssertAssetsAsync(original.Written);
        var (theirs, mine) = (await original.HeightsAsync(), await copy.HeightsAsync());
        Assert.All(mine, node => Assert.NotEqual(theirs[node.Key].Hash, node.Value.Hash)); // two ledgers since

        Assert.All(await copy.NodesAsync(), node => Assert.Contains("-inner-", node.Host, StringComparison.Ordinal));
        var profile = await service.Http.GetStringAsync("networks/copy/organizations/org1/profile");
        Assert.Contains("-copy-", profile, StringComparison.Ordinal);
        Assert.DoesNotContain("-inner-", profile, StringComparison.Ordinal);
        await service.Get<HealthSweep>().RunAsync(CancellationToken.None);
        Assert.Equal("healthy", await HealthAsync(service, "copy"));
        Assert.Equal("healthy", await HealthAsync(service, "inner"));

        Succeeded(await service.Api.RenewToEndAsync("copy", "all=true"));
        Succeeded(await service.Api.EndOfAsync(await service.Api.UpgradeAsync("copy", "3.1.6")));
        Succeeded(await service.Api.DeleteToEndAsync("inner"));
        await copy.WriteAsync("alone", 2);
        var second = BackupId.Of(Succeeded(await service.Api.BackUpToEndAsync("copy")).Id);
        Succeeded(await service.Api.MoveToEndAsync("again", "copy", second));
        var again = new DrillNetwork(service, "again");
        await again.AssertAssetsAsync(original.Written.Where(asset => asset.Key.StartsWith("before", StringComparison.Ordinal)).Concat(copy.Written));
        await again.WriteAsync("last", 2);
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
