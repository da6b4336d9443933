using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.EndToEnd.Tests.Fixture;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Crashes;

/// <summary>The engine is stopped on both sides of every write of a creation and of a deletion, and the service started again on its folder.</summary>
public sealed class EngineCrashTests(ITestOutputHelper output) : SandboxTests
{
    private const int Lanes = 4;

    [Fact]
    public async Task StartAsync_AfterACrashAtAnyWrite_EndsAsIfNothingHadHappened()
    {
        var model = await ModelAsync();
        output.WriteLine($"{model.CreateWrites} writes make a network, {model.DeleteWrites} delete it");
        Assert.InRange(model.CreateWrites, 40, 300);
        Assert.InRange(model.DeleteWrites, 20, 200);
        await Cases.RunAsync(Enumerable.Range(0, Lanes), (lane, _) => RunLaneAsync(lane, model));
    }

    /// <summary>What an undisturbed network is made of, and how many writes making and deleting it take.</summary>
    private async Task<Model> ModelAsync()
    {
        const string Name = "model";
        await using var lane = new CrashLane(Host, Name);
        await lane.StartAsync();
        await RunAsync(lane, Name, CommitStage.After, null, isDeletion: false);
        var (writes, remains) = (lane.Writes, await Remains.OfAsync(Host, lane.Service, Name));
        await RunAsync(lane, Name, CommitStage.After, null, isDeletion: true);
        return new Model(writes, lane.Writes, remains);
    }

    private async Task RunLaneAsync(int number, Model model)
    {
        await using var lane = new CrashLane(Host, $"lane{number}");
        await lane.StartAsync();
        for (var point = number; point < 2 * Math.Max(model.CreateWrites, model.DeleteWrites); point += Lanes)
        {
            var (stage, write) = (point % 2 == 0 ? CommitStage.Before : CommitStage.After, (point / 2) + 1);
            var name = $"crash{point}";
            try
            {
                await RunAsync(lane, name, stage, write, isDeletion: false);
                await AssertSameAsync(lane, name, model);
                await RunAsync(lane, name, stage, write, isDeletion: true);
                Assert.True((await Remains.OfAsync(Host, lane.Service, name)).IsNothing);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"crash {stage} write {write}", failure);
            }
        }
    }

    private static async Task RunAsync(CrashLane lane, string name, CommitStage stage, int? write, bool isDeletion)
    {
        var operation = await lane.RunAsync(
            name, stage, write, (api, key) => isDeletion ? api.TryDeleteAsync(name, key) : api.TryCreateAsync(name, idempotencyKey: key));
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
    }

    private async Task AssertSameAsync(CrashLane lane, string name, Model model)
    {
        var network = await lane.Service.Api.FindAsync(name);
        Assert.Equal((NetworkState.Ready, null), (network?.State, network?.ActiveOperation));
        var remains = await Remains.OfAsync(Host, lane.Service, name);
        Assert.Equal(model.Remains.Objects, remains.Objects);
        Assert.Equal(model.Remains.Blobs.Select(blob => blob.Replace("/model", "/NAME", StringComparison.Ordinal)), remains.Blobs.Select(blob => blob.Replace($"/{name}", "/NAME", StringComparison.Ordinal)));
        await Ledgers.AssertAgreeAsync(Host, lane.Service, name);
    }

    private sealed record Model(int CreateWrites, int DeleteWrites, Remains Remains);
}
