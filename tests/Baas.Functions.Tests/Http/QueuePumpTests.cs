using Baas.Core.Networks;
using Baas.Core.Operations.Access;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Storage.Queues;
using Baas.Core.Workflows.Engine;
using Baas.Functions.Queues;
using Baas.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baas.Functions.Tests.Http;

public sealed class QueuePumpTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualClock _clock = new();

    private FileWorkQueue Queue => host.Services.GetRequiredService<FileWorkQueue>();

    [Fact]
    public async Task Sent_ByThisProcess_IsWorkedOffAtOnce()
    {
        await using var pump = Start();
        await IdleAsync(); // its clock stands still from here: nothing but the message can wake it

        await host.Services.GetRequiredService<OperationQueue>().SendAsync(Unknown(), default);

        await Until.TrueAsync(async () => (await Queue.PeekPoisonAsync(32, default)).Any(one => one.Content.Contains("op-pump", StringComparison.Ordinal)), Patience);
    }

    [Fact]
    public async Task Sent_BySomebodyElse_IsFoundByTheSlowLook()
    {
        await using var pump = Start();
        await IdleAsync();

        await Queue.SendAsync("found by a look", default);
        await _clock.PassAsync(Poll, new CancellationTokenSource(Patience).Token);

        await Until.TrueAsync(async () => (await Queue.PeekPoisonAsync(32, default)).Any(one => one.Content == "found by a look"), Patience);
    }

    private QueuePump Start() => new(host.Services.GetRequiredService<MessageReceiver>(), host.Services.GetRequiredService<OperationQueue>(), _clock, NullLogger<QueuePump>.Instance);

    /// <summary>Waits until the pump waits.</summary>
    private Task IdleAsync() => _clock.PassAsync(Poll, new CancellationTokenSource(Patience).Token);

    private static OperationRecord Unknown() => new()
    {
        Id = OperationId.Parse("op-pump"),
        Network = new(TenantName.Parse(ApiHost.Tenant), NetworkName.Parse("nowhere")),
        Kind = OperationKind.CreateNetwork,
        OnFailure = OnFailure.Keep,
        State = OperationState.Queued,
        CreatedAt = DateTimeOffset.UnixEpoch,
        CreatedBy = Caller.Service("tests").Id,
    };
}
