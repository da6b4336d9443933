using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Baas.Testing;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Kills;

/// <summary>The real program is killed at random moments, and started again on its folder until it ends.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Lanes = 2;

    // So that each network is disturbed more than once, and each kill finds another state.
    private const int KillsPerNetwork = 3;

    [Fact]
    public async Task Up_KilledAtAnyMoment_GoesOnAtTheNextStart()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        using var folder = new TestFolder();
        var model = await ModelAsync(folder.In("model"));
        output.WriteLine($"undisturbed: {model.Duration.TotalSeconds:0.0} s");
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunLaneAsync(folder.In($"lane{lane}"), new Random(seed + lane), model)));
    }

    private static async Task<Model> ModelAsync(string folder)
    {
        var watch = Stopwatch.StartNew();
        await EndWellAsync(folder);
        return new Model(watch.Elapsed, await UpFolder.ObjectsAsync(folder), UpFolder.GenesisBlocks(folder).Count);
    }

    private async Task RunLaneAsync(string folder, Random random, Model model)
    {
        for (var (kills, network) = (0, 0); kills < Kills / Lanes; network++)
        {
            var count = Math.Min(KillsPerNetwork, (Kills / Lanes) - kills);
            kills += await RunNetworkAsync(Path.Combine(folder, $"{network}"), random, count, model);
        }
    }

    /// <summary>Makes one network.</summary>
    /// <returns>How often it was killed.</returns>
    private async Task<int> RunNetworkAsync(string folder, Random random, int most, Model model)
    {
        var settled = new Dictionary<string, string>(StringComparer.Ordinal);
        var kills = 0;
        while (kills < most)
        {
            using var process = UpProcess.Start(folder);
            var moment = model.Duration * random.NextDouble();
            if (!await process.KillAfterAsync(moment))
            {
                break;
            }

            kills++;
            var now = await UpFolder.SettledAsync(folder);
            output.WriteLine($"{folder[^7..]}: killed after {moment.TotalSeconds:0.00} s with {now.Count} things settled");
            AssertKept(settled, now);
            settled = new Dictionary<string, string>(now, StringComparer.Ordinal);
        }

        await EndWellAsync(folder);
        AssertKept(settled, await UpFolder.SettledAsync(folder));
        Assert.Equal(model.Objects, await UpFolder.ObjectsAsync(folder));
        var genesis = UpFolder.GenesisBlocks(folder);
        Assert.Equal(model.Ledgers, genesis.Count);
        Assert.Single(genesis.Distinct());
        return kills;
    }

    private static async Task EndWellAsync(string folder)
    {
        using var process = UpProcess.Start(folder);
        var (code, json, messages) = await process.EndAsync();
        Assert.True(code == 0, $"exit code {code}: {messages}");
        using var summary = JsonDocument.Parse(json);
        Assert.Equal("ready", summary.RootElement.GetProperty("state").GetString());
    }

    private static void AssertKept(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        Assert.All(before, thing => Assert.Equal((thing.Key, thing.Value), (thing.Key, after.GetValueOrDefault(thing.Key))));

    private sealed record Model(TimeSpan Duration, IReadOnlyDictionary<string, int> Objects, int Ledgers);
}
