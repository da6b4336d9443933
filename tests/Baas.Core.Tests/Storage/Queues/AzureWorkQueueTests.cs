using System.Reflection;
using Baas.Core.Storage;
using Baas.Core.Storage.Queues;
using Baas.Testing.Storage.Azure;

namespace Baas.Core.Tests.Storage.Queues;

/// <summary>The contract of queues, on the emulator; a theory, since only a theory as a whole can be skipped.</summary>
public sealed class AzureWorkQueueTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public static IEnumerable<object?[]> Rules { get; } =
        [.. typeof(WorkQueueContract).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).SelectMany(CasesOf)];

    [AzuriteTheory]
    [MemberData(nameof(Rules))]
    public async Task Contract_OnTheEmulator_Holds(string rule, string? argument)
    {
        var contract = new OnAzurite(azurite);
        await contract.Azure.CreateQueuesAsync(Soon);

        await (Task)typeof(WorkQueueContract).GetMethod(rule)!.Invoke(contract, argument is null ? null : [argument])!;
    }

    [AzuriteFact]
    public async Task ReceiveAsync_SentByOthersAsItIs_GivesItAsItIs()
    {
        var contract = new OnAzurite(azurite);
        await contract.Azure.CreateQueuesAsync(Soon);
        await contract.Client.SendMessageAsync("no Base64!", Soon);

        Assert.Equal("no Base64!", (await contract.Azure.ReceiveAsync(TimeSpan.FromMinutes(1), Soon))!.Content);
    }

    [AzuriteFact]
    public async Task PeekPoisonAsync_GivenUpByTheHost_IsShown()
    {
        var contract = new OnAzurite(azurite);
        await contract.Azure.CreateQueuesAsync(Soon);
        await contract.Poison.SendMessageAsync(Convert.ToBase64String("what it was"u8), Soon);

        Assert.Equal("what it was", Assert.Single(await contract.Azure.PeekPoisonAsync(5, Soon)).Content);
    }

    [AzuriteFact]
    public async Task AnyCall_QueueIsAbsent_IsNotReadAsEmpty()
    {
        var queue = new OnAzurite(azurite).Azure;

        Assert.Equal("storage-refused", (await Assert.ThrowsAsync<StorageException>(() => queue.ReceiveAsync(TimeSpan.FromMinutes(1), Soon))).Code);
        Assert.Equal("storage-refused", (await Assert.ThrowsAsync<StorageException>(() => queue.SendAsync("a", Soon))).Code);
        Assert.Equal("storage-refused", (await Assert.ThrowsAsync<StorageException>(() => queue.PeekPoisonAsync(1, Soon))).Code);
    }

    private static IEnumerable<object?[]> CasesOf(MethodInfo rule) => rule.GetCustomAttributes<InlineDataAttribute>().ToList() is { Count: > 0 } cases
        ? cases.Select(one => new object?[] { rule.Name, one.GetData(rule).Single()[0] })
        : [new object?[] { rule.Name, null }];

    private sealed class OnAzurite : WorkQueueContract
    {
        public OnAzurite(AzuriteServer server)
        {
            Client = server.NewQueue();
            Poison = server.NewQueue();
            Azure = new AzureWorkQueue(Client, Poison, TimeProvider.System);
        }

        public global::Azure.Storage.Queues.QueueClient Client { get; }

        public global::Azure.Storage.Queues.QueueClient Poison { get; }

        public AzureWorkQueue Azure { get; }

        protected override IWorkQueue Queue => Azure;

        protected override IPoisonQueue PoisonQueue => Azure;

        protected override Task PassAsync(CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
    }
}
