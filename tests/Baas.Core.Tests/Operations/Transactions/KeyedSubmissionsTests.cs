using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Operations.Transactions;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Tests.Fabric.Gateway;
using Baas.Testing.Storage;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Operations.Transactions;

/// <summary>A request with an idempotency key is cut off at every point, and sent again: one transaction is ordered, and its outcome is told.</summary>
public sealed class KeyedSubmissionsTests
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), NetworkName.Parse("net"));
    // Only for who is to hear nothing: on a busy machine, every call may take longer than these.
    private static readonly GatewayDeadlines Short = new() { Submit = TimeSpan.FromSeconds(1), CommitStatus = TimeSpan.FromSeconds(1) };

    private readonly MemoryBlobStore _memory = new();

    [Fact]
    public async Task SubmitAsync_Repeated_GivesTheFirstOnesOutcome()
    {
        await using var ledger = await LedgerFixture.StartAsync();

        var first = await SubmitAsync(ledger, _memory);
        var again = await SubmitAsync(ledger, _memory);

        Assert.Equal((first.TransactionId, first.BlockNumber, "made"), (again.TransactionId, again.BlockNumber, System.Text.Encoding.UTF8.GetString(again.Result.Span)));
        Assert.Equal(first.TransactionId, Assert.Single(ledger.Ordered));
    }

    [Theory]
    [InlineData(1, false)] // the key
    [InlineData(1, true)]
    [InlineData(2, false)] // the data key of the network's transactions
    [InlineData(2, true)]
    [InlineData(3, false)] // the transaction
    [InlineData(3, true)]
    public async Task SubmitAsync_ServiceDiesAtAWrite_RepetitionOrdersOne(int write, bool isWritten)
    {
        await using var ledger = await LedgerFixture.StartAsync();
        var dying = new CrashingBlobs(_memory);
        dying.DieAt(write, isWritten);
        await Assert.ThrowsAsync<StorageException>(() => SubmitAsync(ledger, dying));
        Assert.Empty(ledger.Ordered); // what is not kept is not sent

        var done = await SubmitAsync(ledger, _memory);

        Assert.Equal(done.TransactionId, Assert.Single(ledger.Ordered));
    }

    [Theory]
    [InlineData(Cut.BeforeOrdering)]
    [InlineData(Cut.AfterOrdering)]
    [InlineData(Cut.BeforeStatus)]
    public async Task SubmitAsync_NodesDieOnTheWay_IsUnknownAndRepetitionFindsItOut(Cut cut)
    {
        await using var ledger = await LedgerFixture.StartAsync();
        using var impatient = ledger.Gateways.Connect(Short, TimeProvider.System);
        ledger.Cut = cut;
        var unknown = await Assert.ThrowsAsync<CommitStatusException>(() => SubmitAsync(ledger, _memory, client: impatient));
        ledger.Cut = Cut.Nowhere;

        var done = await SubmitAsync(ledger, _memory);

        Assert.Equal(("commit-unknown", unknown.TransactionId), (unknown.Code, done.TransactionId));
        Assert.Equal(done.TransactionId, Assert.Single(ledger.Ordered.Distinct()));
    }

    [Fact]
    public async Task SubmitAsync_SameKeyAtOnce_OrdersOne()
    {
        await using var ledger = await LedgerFixture.StartAsync();

        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SubmitAsync(ledger, _memory)));

        Assert.Single(done.Select(one => one.TransactionId).Append(ledger.Ordered.First()).Distinct());
        Assert.Single(ledger.Ordered.Distinct());
    }

    [Fact]
    public async Task SubmitAsync_TransactionWithoutEffect_StaysSo()
    {
        await using var ledger = await LedgerFixture.StartAsync();
        ledger.Verdict = TxValidationCode.MvccReadConflict;

        var first = await Assert.ThrowsAsync<CommitException>(() => SubmitAsync(ledger, _memory));
        var again = await Assert.ThrowsAsync<CommitException>(() => SubmitAsync(ledger, _memory));

        Assert.Equal(("transaction-conflict", first.Outcome), (again.Code, again.Outcome));
        Assert.Single(ledger.Ordered);
    }

    [Fact]
    public async Task SubmitAsync_NotEndorsed_LeavesTheKeyForAnotherAttempt()
    {
        await using var ledger = await LedgerFixture.StartAsync();
        ledger.IsRefusing = true;
        await Assert.ThrowsAsync<EndorseException>(() => SubmitAsync(ledger, _memory));
        ledger.IsRefusing = false;

        await SubmitAsync(ledger, _memory);

        Assert.Single(ledger.Ordered);
    }

    [Fact]
    public async Task SubmitAsync_KeyOfAnotherRequest_IsRefused()
    {
        await using var ledger = await LedgerFixture.StartAsync();
        await SubmitAsync(ledger, _memory);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => SubmitAsync(ledger, _memory, request: "another body"));

        Assert.Equal("idempotency-key-reused", refused.Code);
        Assert.Single(ledger.Ordered);
    }

    [Fact]
    public async Task ForgetOldAsync_ForgetsOldKeysWithTheirTransactions()
    {
        await using var ledger = await LedgerFixture.StartAsync();
        var clock = new ManualClock();
        await SubmitAsync(ledger, _memory, clock: clock);
        clock.Advance(IdempotencyKeys.Lifetime - TimeSpan.FromMinutes(1));
        await SubmitAsync(ledger, _memory, "young", clock: clock);
        clock.Advance(TimeSpan.FromMinutes(2));

        await new IdempotencyKeys(new RecordStore(_memory), new TestStores(_memory).Transactions, clock).ForgetOldAsync(CancellationToken.None);

        var left = _memory.Blobs.Keys.Where(name => !name.EndsWith("/data.key", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Distinct();
        Assert.Equal(IdempotencyKeys.NameOf("young"), Assert.Single(left));
    }

    private static async Task<TransactionResult> SubmitAsync(LedgerFixture ledger, IBlobStore blobs, string key = "key", string request = "body", TimeProvider? clock = null, GatewayClient? client = null)
    {
        client ??= ledger.Gateways.Client;
        var change = new ChangeRequest(new Caller("tests", Role.Admin, null), Network.Tenant, key, $"{key} {request}");
        var submissions = new KeyedSubmissions(new RecordStore(blobs), new TestStores(blobs).Transactions, clock ?? TimeProvider.System);
        return await submissions.SubmitAsync(change, key, Network, client, GatewayFixture.AssetOf(client), ChaincodeRequest.Of("Create", "a1"), ledger.Gateways.Soon);
    }
}
