using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Baas.Bench.Measuring;
using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Files;
using Baas.Core.Workflows.Engine;

namespace Baas.Bench.Networks;

/// <summary>A service, without the sandbox, that has a thousand networks on record: its memory and a page of their list.</summary>
internal static class ManyRecords
{
    private const int Networks = 1000;
    private const int WarmUps = 20;
    private const int Pages = 200;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await RecordAsync(folder.In("data"), cancellationToken);
        await using var service = ServeProcess.Start(folder);
        await service.UntilServingAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service.Port}/api/v1/tenants/default/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", KeyOf(folder.In("settings.json")));
        List<double> pages = [];
        for (var page = -WarmUps; page < Pages; page++)
        {
            var watch = Stopwatch.StartNew();
            var answer = await client.GetStringAsync(new Uri("networks?limit=50", UriKind.Relative), cancellationToken);
            if (page >= 0)
            {
                pages.Add(watch.Elapsed.TotalMilliseconds);
            }

            RequireFull(answer);
        }

        var memory = service.ResidentMiB;
        yield return new Measurement { Name = $"{Networks:#,0} networks on record: resident memory", Value = memory, Unit = "MiB", Goal = new Goal(250), Note = $"after {Pages + WarmUps} pages of the list" };
        yield return new Measurement
        {
            Name = $"{Networks:#,0} networks on record: a page of 50",
            Value = Statistics.Quantile(pages, 0.95),
            Unit = "ms",
            Goal = new Goal(50),
            Note = string.Create(CultureInfo.InvariantCulture, $"95 % of {Pages}; median {Statistics.Median(pages):0.0}"),
        };
    }

    private static async Task RecordAsync(string path, CancellationToken cancellationToken)
    {
        using var folder = DataFolder.Open(path);
        var records = new RecordStore(folder.OpenBlobs());
        await Parallel.ForAsync(0, Networks, cancellationToken, async (number, token) =>
        {
            var spec = SpecReader.Read(Specifications.TwoOrganizations($"net-{number:0000}"), SpecFormat.Yaml, 1 << 20).Spec ?? throw new BenchException("the example is no specification");
            var network = new NetworkReference(TenantName.Parse("default"), spec.Name);
            var operation = OperationId.Parse($"op-{number:00000000}");
            var now = DateTimeOffset.UtcNow;
            await records.PutAsync(
                RecordNames.Network(network),
                new NetworkRecord { Reference = network, Spec = spec, State = NetworkState.Ready, CreatedAt = now, UpdatedAt = now, LastOperation = operation },
                BlobCondition.Absent,
                token);
            await records.PutAsync(
                RecordNames.Operation(network.Tenant, operation),
                new OperationRecord
                {
                    Id = operation,
                    Network = network,
                    Kind = OperationKind.CreateNetwork,
                    OnFailure = OnFailure.Rollback,
                    State = OperationState.Succeeded,
                    CreatedAt = now,
                    CreatedBy = "bench",
                    EndedAt = now,
                },
                BlobCondition.Absent,
                token);
        });
    }

    private static string KeyOf(string settings)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(settings));
        var service = document.RootElement.GetProperty("services").EnumerateObject().Single().Value;
        return service.GetProperty("apiKey").GetString() ?? throw new BenchException($"no API key in {settings}");
    }

    private static void RequireFull(string page)
    {
        using var document = JsonDocument.Parse(page);
        if (document.RootElement.GetProperty("items").GetArrayLength() != 50)
        {
            throw new BenchException("the page is not full");
        }
    }
}
