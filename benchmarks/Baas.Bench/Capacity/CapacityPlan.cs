using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Bench.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Storage;
using Baas.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Bench.Capacity;

/// <summary>What one network costs the store and the engine, measured; what 10 to 100,000 cost, computed from it.</summary>
internal static class CapacityPlan
{
    private const int Networks = 12;
    private const int AtATime = 4;
    private const int Looks = 5;

    // As in host.json; a look at all networks has to end before the next one is due.
    private const int StepsPerInstance = 32;
    private const double LookLimit = 50;
    private const double Day = 86_400;
    private const double Week = 7 * Day;

    private static readonly int[] Sizes = [10, 100, 1_000, 10_000, 100_000];

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var engine = new EngineCounts();
        CountingBlobs? blobs = null;
        await using var service = await LiveService.StartAsync(
            SandboxNodes.Emulated,
            new Dictionary<string, string?> { ["health:enabled"] = "false" },
            cancellationToken,
            services =>
            {
                var original = services.Last(service => service.ServiceType == typeof(IBlobStore));
                services.AddSingleton<IBlobStore>(provider => blobs = new CountingBlobs((IBlobStore)original.ImplementationFactory!(provider))); // registered by a factory
            });
        var names = Enumerable.Range(0, full ? Networks * 4 : Networks).Select(number => $"net{number}").ToList();
        Cost Now() => new(blobs?.Requests ?? 0, engine.Now.Attempts, engine.Now.Workflows, engine.Now.Seconds);

        var create = await EachAsync(names, Now, name => service.CreateAsync(Specifications.Small(name), cancellationToken), cancellationToken);
        var (look, seconds) = await LookAsync(service.Get<HealthSweep>(), names.Count, Now, cancellationToken);
        var backup = await EachAsync(names, Now, name => service.BackUpAsync(name, cancellationToken), cancellationToken);
        var again = await EachAsync(names, Now, name => service.BackUpAsync(name, cancellationToken), cancellationToken);
        var kept = service.StoredBytes / names.Count;
        var delete = await EachAsync(names, Now, name => service.DeleteAsync(name, cancellationToken), cancellationToken);

        foreach (var (what, cost) in new[] { ("creating a small network", create), ("its first backup", backup), ("its next backup", again), ("deleting it", delete) })
        {
            yield return new Measurement
            {
                Name = $"{what}: requests to the store",
                Value = cost.Requests,
                Unit = "",
                Note = Text($"{cost.Attempts:0} step attempts of {cost.StepSeconds / cost.Attempts:0.000} s, {cost.Workflows:0} workflows; on Durable Task {cost.AzureRequests:0} requests in all"),
            };
        }

        yield return new Measurement { Name = "a look at one: requests to the store", Value = look.Requests, Unit = "", Note = Text($"{seconds * 1000:0.0} ms of a look at {names.Count}, the sandbox's own answers included") };
        yield return new Measurement { Name = "one with two backups keeps", Value = kept / 1024.0, Unit = "KiB", Note = "records, artifacts, secrets and parts" };
        foreach (var size in Sizes)
        {
            yield return Plan(size, look, seconds, again, create, delete);
        }
    }

    // Each looked at once a minute, backed up once a day and changed once a week, a change as dear as half a creation and half a deletion.
    private static Measurement Plan(int networks, Cost look, double lookSeconds, Cost backup, Cost create, Cost delete)
    {
        var requests = networks * ((look.Requests / 60) + (backup.AzureRequests / Day) + ((create.AzureRequests + delete.AzureRequests) / 2 / Week));
        var busySeconds = networks * ((backup.StepSeconds / Day) + ((create.StepSeconds + delete.StepSeconds) / 2 / Week));
        var sweep = networks * lookSeconds;
        return new Measurement
        {
            Name = Text($"{networks:#,0} networks: requests to Azure's storage"),
            Value = requests,
            Unit = "/s",
            Note = Text($"{requests * 30 * Day / 1e6:0.#} million a month; a look takes {sweep:0.#} s: {Math.Ceiling(sweep / LookLimit):0} deployment(s); steps keep {busySeconds / StepsPerInstance:0.###} instances busy"),
        };
    }

    private static async Task<Cost> EachAsync(List<string> names, Func<Cost> now, Func<string, Task> run, CancellationToken cancellationToken)
    {
        var before = now();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (name, _) => await run(name));
        return (now() - before).Over(names.Count);
    }

    private static async Task<(Cost Cost, double Seconds)> LookAsync(HealthSweep sweep, int networks, Func<Cost> now, CancellationToken cancellationToken)
    {
        await sweep.RunAsync(cancellationToken); // with a TLS handshake for every node
        var before = now();
        List<double> seconds = [];
        for (var look = 0; look < Looks; look++)
        {
            seconds.Add((await sweep.RunAsync(cancellationToken)).Duration.TotalSeconds);
        }

        return ((now() - before).Over(networks * Looks), Statistics.Median(seconds) / networks);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
