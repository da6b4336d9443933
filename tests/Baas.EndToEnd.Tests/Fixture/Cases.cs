using System.Collections.Concurrent;

namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>Many cases of one test, several at a time, each on networks of its own.</summary>
internal static class Cases
{
    private const int Parallel = 6;

    /// <summary>Runs all, then fails with those that failed.</summary>
    /// <param name="cases">The cases; their texts name them in failures.</param>
    /// <param name="run">Runs one; the number is another for each.</param>
    public static async Task RunAsync<T>(IEnumerable<T> cases, Func<T, int, Task> run)
    {
        var failures = new ConcurrentQueue<string>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            cases.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (one, _) =>
            {
                try
                {
                    await run(one.Item, one.Index);
                }
                catch (Exception failure) // a border: the other cases go on, and all failures are shown
                {
                    failures.Enqueue($"{one.Item}: {failure}");
                }
            });
        Assert.True(failures.IsEmpty, $"{failures.Count} cases failed:\n{string.Join("\n", failures.Order(StringComparer.Ordinal))}");
    }
}
