using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Operations.Queues;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;
using Baas.Core.Storage.Queues;
using Baas.Core.Workflows.Engine;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Baas.Testing.Storage.Azure;
using Baas.Testing.Time;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>Messages of a storage queue (Azurite) reach the worker through the host's own extension for queues, and what fails every time is set aside.</summary>
public sealed class QueueTriggerTests(AppLab lab) : IClassFixture<AppLab>
{
    private const string MaxDequeueCount = "AzureWebJobs__Extensions__Queues__maxDequeueCount";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [AzuriteFact]
    public async Task Upgrade_IsQueuedTriggeredAndDone()
    {
        Succeeded(await lab.Api.CreateToEndAsync("moved", SmallNetwork.Specification("moved").Replace("3.1.5", "3.1.1", StringComparison.Ordinal)));

        var upgrade = await lab.Api.UpgradeAsync("moved", "3.1.5");
        Succeeded(await lab.Api.EndOfAsync(upgrade));

        Assert.Equal("3.1.5", (await lab.Api.FindAsync("moved"))?.FabricVersion.ToString());
        Assert.DoesNotContain(await lab.Api.ListPoisonAsync(), message => message.Operation == upgrade.Id);
    }

    [AzuriteFact]
    public async Task Message_ThatFailsEveryTime_IsSetAsideByTheServiceWithItsReason()
    {
        var operation = Operation("damaged");
        await lab.DamageAsync(RecordNames.Network(operation.Network));
        await lab.Queue().SendAsync(OperationMessage.Write(operation), CancellationToken.None);

        var poison = await PoisonAsync(operation.Id);

        Assert.Equal(MessageHandler.MaxDeliveries, poison.Deliveries);
        Assert.StartsWith($"it failed {MessageHandler.MaxDeliveries} times, last with: ", poison.Reason, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Message_ThatTheHostGivesUp_IsSetAsideAndShown()
    {
        await lab.App.KillAsync();
        await lab.StartAsync((MaxDequeueCount, "2"));
        var operation = Operation("broken");
        await lab.DamageAsync(RecordNames.Network(operation.Network));
        await lab.Queue().SendAsync(OperationMessage.Write(operation), CancellationToken.None);

        var poison = await PoisonAsync(operation.Id);
        var shown = await lab.Api.ListPoisonAsync();

        Assert.Equal("the host gave it up after several tries", poison.Reason);
        Assert.Contains(shown, message => message.Operation == operation.Id);
        await lab.App.KillAsync();
        await lab.StartAsync();
    }

    private static OperationRecord Operation(string network) => new()
    {
        Id = OperationId.Parse($"op-{Guid.NewGuid():n}"),
        Network = new(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(network)),
        Kind = OperationKind.UpgradeNetwork,
        OnFailure = OnFailure.Keep,
        State = OperationState.Queued,
        CreatedAt = DateTimeOffset.UtcNow,
        CreatedBy = "tests",
        Arguments = JsonSerializer.SerializeToElement(new UpgradeArguments(FabricVersion.Parse("3.1.5"), TimeSpan.FromMinutes(1)), NetworkJson.Options),
    };

    private async Task<PoisonMessage> PoisonAsync(OperationId operation)
    {
        PoisonMessage? found = null;
        await Until.TrueAsync(
            async () => (found = (await lab.Queue().PeekPoisonAsync(32, default)).FirstOrDefault(message => OperationMessage.SubjectOf(message.Content)?.Operation == operation)) is not null,
            Patience);
        return found!; // waited for
    }

    private static void Succeeded(OperationResource operation) => Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
}
