using System.Text.Json.Nodes;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Up;

[Collection(UpDefinition.Name)]
public sealed class UpTests
{
    [Fact]
    public async Task Once_MakesTheNetworkAndTheNextFindsIt()
    {
        using var folder = new TestFolder();
        string[] once = ["up", "--once", "--json", "--data", folder.In("data")];

        var first = await BaasProcess.RunAsync(folder.In("config.json"), once);

        var summary = Summary(first, isNew: true);
        Assert.Equal(("two-orgs", "ready", 3, 4), ((string?)summary["network"], (string?)summary["state"], (int?)summary["orderers"], (int?)summary["peers"]));
        Assert.Equal(["organizations", "nodes", "channels", "chaincodes"], summary["phases"]!.AsArray().Select(phase => (string?)phase!["name"]));
        Assert.True(File.Exists((string?)summary["kubeconfig"]) && File.Exists((string?)summary["apiKeyFile"]));
        Assert.Contains("deploy chaincode asset on main", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', first.Error);
        var ledgers = Ledgers(folder);

        var second = Summary(await BaasProcess.RunAsync(folder.In("config.json"), once), isNew: false);

        Assert.Equal((string?)summary["operation"], (string?)second["operation"]);
        Assert.Equal(7, ledgers.Count);
        Assert.Equal(ledgers, Ledgers(folder));
    }

    [InterruptFact]
    public async Task Interrupted_EndsAndTheNextGoesOn()
    {
        using var folder = new TestFolder();
        var (settings, data) = (folder.In("config.json"), folder.In("data"));

        await using (var begun = BaasProcess.Start(settings, "up", "--once", "--data", data))
        {
            await begun.UntilAsync("run phase nodes");
            await begun.SignalAsync("INT");
            Assert.Equal(130, (await begun.EndAsync()).ExitCode);
        }

        await using var served = BaasProcess.Start(settings, "up", "--port", "0", "--data", data);
        await served.UntilAsync("serving until Ctrl-C");
        await served.SignalAsync("INT");
        var end = await served.EndAsync();
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("two-orgs is ready", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', end.Output + end.Error);
    }

    private static JsonNode Summary(BaasResult result, bool isNew)
    {
        Assert.True(result.ExitCode == 0, result.ToString());
        var summary = JsonNode.Parse(result.Output)!; // an object, or the next line fails
        Assert.Equal(isNew, (bool?)summary["isNew"]);
        return summary;
    }

    private static SortedDictionary<string, long> Ledgers(TestFolder folder) =>
        new(Directory.EnumerateFiles(folder.In("data", "sandbox", "volumes"), "blocks", SearchOption.AllDirectories).ToDictionary(file => file, file => new FileInfo(file).Length), StringComparer.Ordinal);
}
