using System.Runtime.CompilerServices;
using System.Text.Json;
using Baas.Bench.Measuring;

namespace Baas.Bench.Networks;

/// <summary><c>baas up --once</c> as a process of its own in a fresh folder: from nothing to the ready network and the program's end.</summary>
internal static class ColdUp
{
    private const int Runs = 3;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<double> whole = [];
        List<double> starts = [];
        List<double> creations = [];
        for (var run = 0; run < Runs * (full ? 3 : 1); run++)
        {
            using var folder = new WorkFolder();
            var (seconds, output) = await BaasProcess.RunAsync(folder.In("settings.json"), ["up", "--once", "--json", "--data", folder.In("data")], cancellationToken);
            using var summary = JsonDocument.Parse(output);
            whole.Add(seconds);
            starts.Add(summary.RootElement.GetProperty("startSeconds").GetDouble());
            creations.Add(summary.RootElement.GetProperty("createSeconds").GetDouble());
        }

        yield return new Measurement { Name = "up --once, cold, fresh folder", Value = Statistics.Median(whole), Unit = "s", Goal = new Goal(8.0), Note = $"median of {Statistics.Spread(whole)}" };
        yield return new Measurement { Name = "  service and sandbox started", Value = Statistics.Median(starts), Unit = "s" };
        yield return new Measurement { Name = "  network made", Value = Statistics.Median(creations), Unit = "s" };
    }
}
