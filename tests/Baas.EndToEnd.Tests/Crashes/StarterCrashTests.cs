using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Crashes;

/// <summary>The service dies between the writes with which an operation begins: idempotency key, operation, network.</summary>
public sealed class StarterCrashTests : SandboxTests
{
    private const int Writes = 3;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartAsync_AfterACrashWhileAnOperationBegins_FinishesItOrNothingWasBegun(bool isRepeated)
    {
        var cases = from write in Enumerable.Range(1, Writes)
                    from isWritten in (bool[])[false, true]
                    select (write, isWritten);
        await Cases.RunAsync(cases, (one, number) => CrashAsync($"start{number}", one.write, one.isWritten, isRepeated));
    }

    private async Task CrashAsync(string name, int write, bool isWritten, bool isRepeated)
    {
        var folder = $"{name}-{isRepeated}";
        await DieAsync(folder, write, isWritten, api => api.TryCreateAsync(name, idempotencyKey: "create"));
        await using (var service = await Host.StartServiceAsync(folder))
        {
            await EndAsync(service, name, isRepeated, api => api.TryCreateAsync(name, idempotencyKey: "create"), OperationKind.CreateNetwork);
            if (await service.Api.FindAsync(name) is null)
            {
                Assert.True((await Remains.OfAsync(Host, service, name)).IsNothing);
                Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync(name)).State);
            }

            Assert.Equal(NetworkState.Ready, (await service.Api.FindAsync(name))?.State);
        }

        await DieAsync(folder, write, isWritten, api => api.TryDeleteAsync(name, "delete"));
        await using (var service = await Host.StartServiceAsync(folder))
        {
            await EndAsync(service, name, isRepeated, api => api.TryDeleteAsync(name, "delete"), OperationKind.DeleteNetwork);
            if (await service.Api.FindAsync(name) is { } network)
            {
                Assert.Equal(NetworkState.Ready, network.State);
                Assert.Equal(OperationState.Succeeded, (await service.Api.DeleteToEndAsync(name)).State);
            }

            Assert.True((await Remains.OfAsync(Host, service, name)).IsNothing);
        }
    }

    private async Task DieAsync(string folder, int write, bool isWritten, Func<NetworkApi, Task<HttpResponseMessage>> ask)
    {
        CrashingBlobs? store = null;
        await using var service = await Host.StartServiceAsync(folder, services =>
        {
            var blobs = services.Single(known => known.ServiceType == typeof(IBlobStore));
            services.Remove(blobs);
            services.AddSingleton<IBlobStore>(provider => store = new CrashingBlobs((IBlobStore)blobs.ImplementationFactory!(provider))); // registered by factory
        });
        store!.DieAt(write, isWritten); // the service has used it by now
        using var answer = await ask(service.Api);
        Assert.False(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    private static async Task EndAsync(ServiceRun service, string name, bool isRepeated, Func<NetworkApi, Task<HttpResponseMessage>> ask, OperationKind kind)
    {
        if (isRepeated)
        {
            using var answer = await ask(service.Api);
            var ended = await service.Api.EndOfAsync(await NetworkApi.AcceptedAsync(answer));
            Assert.Equal((kind, OperationState.Succeeded), (ended.Kind, ended.State));
        }
        else
        {
            // What the sweep found at the start; an operation that nobody can finish would be there for ever.
            foreach (var operation in (await service.Api.ListOperationsAsync()).Where(operation => operation.EndedAt is null))
            {
                var ended = await service.Api.EndOfAsync(operation);
                Assert.Equal((kind, OperationState.Succeeded, name), (ended.Kind, ended.State, ended.Network.Value));
            }
        }
    }
}
