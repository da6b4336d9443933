using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Baas.Testing.Storage.Azure;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>The function app on Durable Functions' own extension and Azure Storage (Azurite), in processes that can be killed.</summary>
public sealed class FunctionAppTests(AppLab lab, ITestOutputHelper output) : IClassFixture<AppLab>
{
    private const int Kills = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    [AzuriteFact]
    public async Task CreateNetwork_HostAndWorkerKilledInTheMiddle_SameEnd()
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(OperationState.Succeeded, (await EndAsync(await lab.Api.CreateAsync("calm"))).State);
        var undisturbed = watch.Elapsed;
        output.WriteLine($"undisturbed: {undisturbed.TotalSeconds:0.0} s");

        var operation = await lab.Api.CreateAsync("tossed");
        for (var kill = 0; kill < Kills; kill++)
        {
            var moment = undisturbed * (RandomNumberGenerator.GetInt32(1000) / 1000.0 / 2);
            await Task.Delay(moment);
            if (kill % 2 == 0)
            {
                await lab.App.KillAsync();
                await lab.StartAsync();
            }
            else
            {
                await lab.App.KillWorkerAsync();
            }

            output.WriteLine($"killed {(kill % 2 == 0 ? "host and worker" : "the worker")} after {moment.TotalSeconds:0.00} s");
        }

        var end = await EndAsync(operation);
        output.WriteLine($"whole: {watch.Elapsed.TotalSeconds:0.0} s; attempts {end.Steps?.Sum(step => step.Attempt)} of {end.Steps?.Count} steps");
        Assert.True(end.State == OperationState.Succeeded, $"{end.State}: {end.Failure?.Code}: {end.Failure?.Message}");
        Assert.Equal(lab.ObjectsOf("calm"), lab.ObjectsOf("tossed"));
        Assert.Equal(NetworkState.Ready, (await lab.Api.FindAsync("tossed"))?.State);
    }

    [AzuriteFact]
    public async Task CreateNetwork_StepFails_EverythingIsUndone()
    {
        ResourceReference theirs = new(ResourceKind.Namespace, null, $"{ServiceRun.Tenant}-sad-org1");
        await lab.Kubernetes().ApplyAsync(new Manifest(theirs, new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["team"] = "other" } } }), CancellationToken.None);

        var before = lab.ObjectsOf("sad");

        var end = await EndAsync(await lab.Api.CreateAsync("sad"));

        Assert.Equal((OperationState.Failed, "namespace-foreign"), (end.State, end.Failure?.Code));
        Assert.Empty(end.Failure?.Leftovers ?? []);
        Assert.Equal(before, lab.ObjectsOf("sad"));
        Assert.Null(await lab.Api.FindAsync("sad"));
    }

    /// <summary>The end, asked for anew after each answer that never came: the app may be killed while it is asked.</summary>
    private async Task<OperationResource> EndAsync(OperationResource operation)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = await lab.Api.GetOperationAsync(operation.Id);
            if (now.State is OperationState.Succeeded or OperationState.Failed)
            {
                return now;
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, Stopwatch.GetElapsedTime(began) < Patience ? "" : $"still {now.State} after {Patience}: {await lab.App.KillAsync()}");
            await Task.Delay(200);
        }
    }
}
