using System.Net;
using System.Text.Json.Nodes;
using Baas.Core.Records;
using Baas.Testing.Storage.Azure;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>Timers of the function app, each run by the host.</summary>
public sealed class TimerFunctionTests(AppLab lab) : IClassFixture<AppLab>
{
    [AzuriteTheory]
    [InlineData("OperationSweep")]
    [InlineData("HealthSweep")]
    [InlineData("AlertDelivery")]
    [InlineData("BackupSchedule")]
    [InlineData("CertificateRenewal")]
    public async Task Timer_IsRun_Succeeds(string function)
    {
        using var answer = await lab.Host.PostAsync(new Uri($"/admin/functions/{function}", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [AzuriteFact]
    public async Task HealthSweep_LooksAtTheNetworks()
    {
        Assert.Equal(OperationState.Succeeded, (await lab.Api.CreateToEndAsync("looked")).State);

        using var answer = await lab.Host.PostAsync(new Uri("/admin/functions/HealthSweep", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();

        var health = JsonNode.Parse(await lab.Http.GetStringAsync(new Uri("networks/looked/health", UriKind.Relative)));
        Assert.Equal("healthy", (string?)health?["state"]);
    }
}
