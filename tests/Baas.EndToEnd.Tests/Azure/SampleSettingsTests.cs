using System.Net;
using System.Text.Json;
using Baas.Testing;
using Baas.Testing.Storage.Azure;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>The sample of a developer's settings, as it is in the repository: the app starts with it on Azurite.</summary>
public sealed class SampleSettingsTests : IDisposable
{
    private readonly AzuriteServer _storage = new();
    private readonly TestFolder _folder = new();

    public void Dispose()
    {
        _storage.Dispose();
        _folder.Dispose();
    }

    [AzuriteFact]
    public async Task App_WithTheSample_StartsAndTellsWhatIsMissing()
    {
        using var sample = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.In("src/Baas.Functions/local.settings.sample.json")));
        var settings = sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString() ?? "", StringComparer.Ordinal);
        Assert.Equal(settings["AzureWebJobsStorage"], settings["azure__developmentStorage"]);
        settings["AzureWebJobsStorage"] = settings["azure__developmentStorage"] = _storage.ConnectionString; // Azurite on ports that are free, in place of its own
        settings["azure__developmentKeyFile"] = _folder.In("development.key");

        var (app, address) = await AppProcess.StartAsync(settings);
        using (app)
        {
            using HttpClient http = new() { BaseAddress = address };
            Assert.Equal("ok\n", await http.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
            using var nobody = await http.GetAsync(new Uri("/api/v1/tenants", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
            Assert.Equal(32, new FileInfo(settings["azure__developmentKeyFile"]).Length);

            Assert.Contains("setting \"clusters:0\": cluster \"default\" cannot be used now", await app.KillAsync(), StringComparison.Ordinal); // there is no kubeconfig
        }
    }
}
