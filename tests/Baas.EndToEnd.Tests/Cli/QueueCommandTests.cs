using System.Text.Json;
using Baas.Core.Operations.Queues;
using Baas.Core.Storage.Queues;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;
using Baas.Testing;
using Baas.Testing.Time;

namespace Baas.EndToEnd.Tests.Cli;

/// <summary><c>baas queue poison</c> against a service whose queue holds what nobody understands.</summary>
public sealed class QueueCommandTests : SandboxTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Poison_IsListedAndRefusedAndDeleted()
    {
        using var folder = new TestFolder();
        await using var service = await Host.StartServiceAsync("service");
        await service.Get<IWorkQueue>().SendAsync("no JSON", default);
        await Until.TrueAsync(async () => (await service.Get<PoisonMessages>().ListAsync(null, default)).Count > 0, Patience); // the service looks every five seconds

        var (code, all) = await RunAsync("list", "--all", "--output", "json");
        Assert.Equal(0, code);
        var message = JsonDocument.Parse(all).RootElement[0];
        var id = message.GetProperty("id").GetString()!;
        Assert.Equal("no JSON", message.GetProperty("content").GetString());
        Assert.Contains("no message was given up", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Contains("no JSON object", (await RunAsync("list", "--all")).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);

        var retried = await RunAsync("retry", id, "--all");
        Assert.Equal(6, retried.Code);
        Assert.Contains("queue-message-not-understood", retried.Output, StringComparison.Ordinal);
        Assert.Equal(5, (await RunAsync("delete", id)).Code); // it is no message of the tenant
        Assert.Equal(0, (await RunAsync("delete", id, "--all")).Code);
        Assert.Equal(5, (await RunAsync("delete", id, "--all")).Code);

        Task<(int Code, string Output)> RunAsync(params string[] verb) => BaasProgram.RunAsync(
            folder.Path,
            new Dictionary<string, string> { ["BAAS_SERVER"] = service.Address.ToString(), ["BAAS_API_KEY"] = service.Key, ["BAAS_TENANT"] = ServiceRun.Tenant, ["COLUMNS"] = "200" },
            ["queue", "poison", .. verb]);
    }
}
