using System.Collections.Concurrent;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Files;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>The blob store is full, does not answer or loses a write while a backup is taken: it goes on when that has passed, and nothing is lost.</summary>
public sealed class StoreFaultTests : SandboxTests
{
    private const string Name = "faulty";

    [Theory]
    [InlineData("/volumes/org1/peer-1/chunks/")] // parts, sent by an agent
    [InlineData("/results/")] // what an agent has packed
    [InlineData("/notes/")] // what the service keeps of it
    [InlineData("/manifests/")]
    [InlineData("records/backups/")]
    public async Task Backup_StoreIsFullForAWhile_IsWholeInTheEnd(string where)
    {
        ConcurrentDictionary<string, int> refused = new(StringComparer.Ordinal);
        var isOn = false;
        Task Refuse(int call, string verb, string name) => isOn && verb == "put" && name.Contains(where, StringComparison.Ordinal) && refused.AddOrUpdate(name, 1, (_, times) => times + 1) <= 2
            ? throw new StorageException("storage-unavailable", $"cannot write blob \"{name}\": no space left on device") { IsTransient = true }
            : Task.CompletedTask;
        await using var service = await Host.StartServiceAsync("service", services => Decorate(services, Refuse));
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync(Name)).State);
        var before = await new DrillNetwork(service, Name).HeightsAsync();
        isOn = true;

        var operation = await service.Api.BackUpToEndAsync(Name);

        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        Assert.NotEmpty(refused);
        isOn = false;
        Assert.Equal(OperationState.Succeeded, (await service.Api.VerifyToEndAsync(Name, Core.Networks.BackupId.Of(operation.Id))).State);
        Assert.Equal(before, await new DrillNetwork(service, Name).HeightsAsync());
    }

    private static void Decorate(IServiceCollection services, Func<int, string, string, Task> before)
    {
        var made = services.Last(service => service.ServiceType == typeof(IBlobStore)).ImplementationFactory ?? throw new InvalidOperationException("the blob store is registered otherwise");
        services.AddSingleton<IBlobStore>(provider => new HookedBlobStore((FileBlobStore)made(provider), before));
    }
}
