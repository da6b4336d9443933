using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baas.Bench.Journal;

/// <summary>What the journal adds to a step, alone and with many workflows at once, and whether that stays so while its file grows.</summary>
internal static class StepCost
{
    private const int StepsOfOne = 1000;
    private const int AtATime = 32;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await using var services = new ServiceCollection().AddStep<NoWork>().AddWorkflow<ManySteps>().BuildServiceProvider();
        await using var engine = new JournalEngine(
            new JournalOptions { Path = folder.In("journal.db") }, services.GetRequiredService<WorkflowCatalog>(), services, TimeProvider.System, NullLogger<JournalEngine>.Instance);
        await engine.StartAsync(cancellationToken);
        await RunAsync(engine, "warm", 2, cancellationToken);

        var first = await AloneAsync(engine, "first", cancellationToken);
        yield return new Measurement { Name = "journal: a step that does nothing", Value = Statistics.Median(first), Unit = "ms", Goal = new Goal(0.5), Note = $"one after the other; {Statistics.Spread(first, "0.000")}" };

        var rounds = (full ? 1_000_000 : 100_000) / (StepsOfOne * AtATime);
        List<double> costs = [];
        for (var round = 0; round < rounds; round++)
        {
            costs.Add(await RunAsync(engine, $"round-{round}", AtATime, cancellationToken));
        }

        var last = await AloneAsync(engine, "last", cancellationToken);
        var part = Math.Max(1, rounds / 10);
        var begin = Statistics.Median(costs[..part]);
        var end = Statistics.Median(costs[^part..]);
        var steps = rounds * StepsOfOne * AtATime;
        yield return new Measurement { Name = $"journal: a step, {AtATime} workflows at once", Value = Statistics.Median(costs), Unit = "ms", Note = $"over {steps:#,0} steps; {Statistics.Spread(costs, "0.000")}" };
        yield return new Measurement
        {
            Name = $"journal: last tenth of {steps:#,0} steps to first",
            Value = end / begin,
            Unit = "times",
            Goal = new Goal(1.25),
            Note = string.Create(CultureInfo.InvariantCulture, $"{begin:0.000} ms, then {end:0.000} ms; one after the other {Statistics.Median(first):0.000} ms, then {Statistics.Median(last):0.000} ms"),
        };
    }

    private static async Task<List<double>> AloneAsync(JournalEngine engine, string name, CancellationToken cancellationToken)
    {
        List<double> costs = [];
        for (var run = 0; run < 7; run++)
        {
            costs.Add(await RunAsync(engine, $"{name}-{run}", 1, cancellationToken));
        }

        return costs;
    }

    /// <summary>Runs so many workflows at once.</summary>
    /// <returns>Milliseconds for each step.</returns>
    private static async Task<double> RunAsync(JournalEngine engine, string name, int workflows, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workflows).Select(number => RunOneAsync(engine, $"{name}-{number}", cancellationToken)));
        return watch.Elapsed.TotalMilliseconds / (workflows * StepsOfOne);
    }

    private static async Task RunOneAsync(JournalEngine engine, string id, CancellationToken cancellationToken)
    {
        await engine.StartAsync(id, new ManySteps.Input(StepsOfOne), cancellationToken);

        // Not asked for each change: a status holds all steps, and making it a thousand times is no cost of the steps.
        while (await engine.GetStatusAsync(id, cancellationToken) is not { EndedAt: not null })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }
}
