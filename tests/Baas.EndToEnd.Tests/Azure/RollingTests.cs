using Baas.Core.Records;
using Baas.Functions.Http;
using Baas.Testing.Storage.Azure;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>A deployment that is under way: an older app on the same hub leaves alone what a newer one has begun.</summary>
public sealed class RollingTests(AppLab lab) : IClassFixture<AppLab>
{
    private const string Version = "AzureWebJobs__Extensions__DurableTask__defaultVersion";

    [AzuriteFact]
    public async Task Operation_OfANewerVersion_WaitsForItWhileTheOlderOneWorks()
    {
        await RestartAsync("1.10.0");
        var newer = await lab.Api.CreateAsync("newer");
        await lab.Api.BegunAsync(newer);

        await RestartAsync("1.9.0");
        var older = await lab.Api.CreateAsync("older");
        Succeeded(await lab.Api.EndOfAsync(older, minutes: 5)); // by then this app has all of the hub in its hands
        var waiting = await lab.Api.GetOperationAsync(newer.Id);
        Assert.True(waiting.State == OperationState.Running, $"{waiting.State}: {waiting.Failure}");

        await RestartAsync("1.10.0");
        Succeeded(await lab.Api.EndOfAsync(newer, minutes: 5));
        Assert.Equal(lab.ObjectsOf("older"), lab.ObjectsOf("newer"));
    }

    private async Task RestartAsync(string version)
    {
        await lab.App.KillAsync();
        await lab.StartAsync((Version, version));
    }

    private static void Succeeded(OperationResource operation) => Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
}
