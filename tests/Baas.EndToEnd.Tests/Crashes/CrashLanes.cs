using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Crashes;

/// <summary>One change after the other, each with a crash at another write, on both sides of every write, in lanes side by side.</summary>
internal static class CrashLanes
{
    private const int Lanes = 4;

    /// <summary>Runs them all.</summary>
    /// <param name="start">Starts a lane of a name and makes its network.</param>
    /// <param name="change">Changes the network with a crash on one side of a write, or with none; sees that it has ended well.</param>
    /// <returns>How many writes the change takes.</returns>
    public static async Task<int> RunAsync(Func<string, Task<CrashLane>> start, Func<CrashLane, string, CommitStage, int?, Task> change)
    {
        int writes;
        await using (var model = await start("model"))
        {
            await change(model, "model", CommitStage.After, null);
            writes = model.Writes;
        }

        await Cases.RunAsync(Enumerable.Range(0, Lanes), async (number, _) =>
        {
            var name = $"lane{number}";
            await using var lane = await start(name);
            for (var point = number; point < 2 * writes; point += Lanes)
            {
                var (stage, write) = (point % 2 == 0 ? CommitStage.Before : CommitStage.After, (point / 2) + 1);
                try
                {
                    await change(lane, name, stage, write);
                }
                catch (Exception failure)
                {
                    throw new InvalidOperationException($"crash {stage} write {write}", failure);
                }
            }
        });
        return writes;
    }
}
