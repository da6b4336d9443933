using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Fabric.Gateway;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Up;
using Baas.Sandbox;
using Baas.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>Blocks come later than the service waits: a submitted transaction is unknown, never failed, and its key finds it.</summary>
internal static class UnknownOutcomeContract
{
    private const string Name = "slow";
    private const string Chaincode = $"networks/{Name}/channels/main/chaincodes/asset";

    private static readonly GatewayDeadlines Impatient = new() { CommitStatus = TimeSpan.FromMilliseconds(200), Look = TimeSpan.FromMinutes(1) };

    /// <summary>Makes a network on nodes of one kind whose blocks take three seconds, and submits.</summary>
    public static async Task HoldsAsync(Func<SandboxOptions, SandboxOptions> nodes)
    {
        using var folder = new TestFolder();
        await using var host = await SandboxHost.StartAsync(nodes);
        await using var service = await host.StartServiceAsync("service", services => services.AddSingleton(Impatient));
        var made = await service.Api.CreateToEndAsync(Name, SmallNetwork.Specification(Name).Replace("timeout: 50ms", "timeout: 3s", StringComparison.Ordinal));
        Assert.True($"{made.State}".Equals("succeeded", StringComparison.OrdinalIgnoreCase), $"{made}");

        var (status, problem) = await SubmitAsync(service, "slow", "first");
        Assert.Equal((504, "commit-unknown"), (status, (string?)problem["code"]));
        var id = (string?)problem["transaction"];
        Assert.NotNull(id);
        Assert.Equal("VALID", (string?)(await service.Http.GetFromJsonAsync<JsonObject>($"networks/{Name}/channels/main/transactions/{id}"))!["status"]); // an answer has one
        var (found, answer) = await SubmitAsync(service, "slow", "first");
        Assert.Equal((200, id, "VALID"), (found, (string?)answer["transactionId"], (string?)answer["status"]));

        await File.WriteAllTextAsync(folder.In("key"), service.Key);
        var result = await BaasProcess.RunAsync(
            folder.In("settings.json"),
            ["tx", "submit", Name, "main", "asset", "Create", "cli", "ann", "1", "--server", $"{service.Address}", "--tenant", ServiceRun.Tenant, "--api-key-file", folder.In("key")]);
        Assert.True(result.ExitCode == 3, $"{result}");
        Assert.Contains("it may be committed nevertheless", result.Error, StringComparison.Ordinal);
        Assert.Contains("(commit-unknown)", result.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Status, JsonObject Answer)> SubmitAsync(ServiceRun service, string id, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Chaincode}/submit")
        {
            Content = new StringContent($$"""{"function":"Create","args":["{{id}}","ann","1"]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await service.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject()); // every answer is an object
    }
}
