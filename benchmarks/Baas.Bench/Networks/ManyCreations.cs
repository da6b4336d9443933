using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;

namespace Baas.Bench.Networks;

/// <summary>A hundred networks, sixteen at a time.</summary>
internal static class ManyCreations
{
    private const int Networks = 100;
    private const int AtATime = 16;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var service = await LiveService.StartAsync(cancellationToken);
        var seconds = new ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Networks, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (number, token) =>
            seconds.Add((await service.CreateAsync(full ? Specifications.TwoOrganizations($"net{number}") : Specifications.Small($"net{number}"), token)).Seconds));
        var all = watch.Elapsed.TotalSeconds;
        var what = full ? "two-orgs" : "small";
        yield return new Measurement { Name = $"{Networks} {what} networks, {AtATime} at a time", Value = all, Unit = "s", Goal = new Goal(60), Note = "each: orderer, peer, channel, chaincode" };
        yield return new Measurement { Name = "  one of them", Value = Statistics.Median(seconds), Unit = "s", Note = $"median of {Statistics.Spread(seconds)}" };
    }
}
