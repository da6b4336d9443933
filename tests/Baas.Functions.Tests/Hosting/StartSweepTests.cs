using Baas.Core.Storage;
using Baas.Functions.Hosting.Local;
using Baas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Tests.Hosting;

/// <summary>What the embedded host finds at its start does not keep it from starting.</summary>
public sealed class StartSweepTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly LogLines _lines = new();

    public void Dispose()
    {
        _lines.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task StartAsync_ARecordIsDamaged_StartsAndNamesIt()
    {
        await using (var first = await StartAsync())
        {
            await first.Services.GetRequiredService<IBlobStore>().PutAsync("records/networks/acme/damaged.json", "no record"u8.ToArray(), BlobCondition.None, CancellationToken.None);
        }

        await using var second = await StartAsync();

        using var http = new HttpClient { BaseAddress = second.Address };
        Assert.True((await http.GetAsync(new Uri("/healthz", UriKind.Relative))).IsSuccessStatusCode);
        Assert.Contains(_lines.Written, line => line.Contains("operations were left as they are", StringComparison.Ordinal) && line.Contains("acme/damaged.json", StringComparison.Ordinal));
    }

    private async Task<LocalService> StartAsync() =>
        await LocalService.StartAsync(
            new LocalOptions { DataFolder = _folder.In("data"), Clusters = [await AbsentCluster.InAsync(_folder)], Port = 0, Adjust = services => services.AddSingleton<ILoggerProvider>(_lines) },
            CancellationToken.None);
}
