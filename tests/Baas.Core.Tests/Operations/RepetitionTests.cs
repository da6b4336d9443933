using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Tests.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations;

/// <summary>A request is repeated with its idempotency key, and its operation ends between the repetition's reads and writes.</summary>
public sealed class RepetitionTests
{
    private static readonly NetworkSpec Spec = TestInputs.Delete().Spec;
    private static readonly TenantName Tenant = TestInputs.Delete().Network.Tenant;
    private static readonly string Record = RecordNames.Network(new(Tenant, Spec.Name));

    private readonly MemoryBlobStore _memory = new();
    private readonly RecordStore _records;
    private Func<Task> _beforeNetwork = () => Task.CompletedTask;

    public RepetitionTests() => _records = new RecordStore(_memory);

    [Fact]
    public async Task CreateAsync_EndedMeanwhile_GivesTheEndedOperation()
    {
        var first = await Networks().CreateAsync(Request(), Spec, OnFailure.Rollback, CancellationToken.None);
        _beforeNetwork = () => EndAsync(first, OperationState.Succeeded, NetworkState.Ready);

        var again = await Networks().CreateAsync(Request(), Spec, OnFailure.Rollback, CancellationToken.None);

        Assert.Equal((first.Id, OperationState.Succeeded), (again.Id, again.State));
        Assert.Equal(OperationState.Succeeded, (await OperationAsync(first))?.State);
    }

    [Fact]
    public async Task CreateAsync_RolledBackMeanwhile_BeginsNothing()
    {
        var first = await Networks().CreateAsync(Request(), Spec, OnFailure.Rollback, CancellationToken.None);
        _beforeNetwork = () => EndAsync(first, OperationState.Failed, null);

        var again = await Networks().CreateAsync(Request(), Spec, OnFailure.Rollback, CancellationToken.None);

        Assert.Equal((first.Id, OperationState.Failed), (again.Id, again.State));
        Assert.Null(await NetworkAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteAsync_EndedMeanwhile_GivesTheEndedOperation(bool isGone)
    {
        var created = await Networks().CreateAsync(Request("create"), Spec, OnFailure.Rollback, CancellationToken.None);
        await EndAsync(created, OperationState.Succeeded, NetworkState.Ready);
        var first = await Deletion().DeleteAsync(Request(), Spec.Name, [], null, CancellationToken.None);
        var (state, network) = isGone ? (OperationState.Succeeded, (NetworkState?)null) : (OperationState.Failed, NetworkState.Failed);
        _beforeNetwork = () => EndAsync(first, state, network);

        var again = await Deletion().DeleteAsync(Request(), Spec.Name, [], null, CancellationToken.None);

        Assert.Equal((first.Id, state), (again.Id, again.State));
        Assert.Null((await NetworkAsync())?.ActiveOperation);
    }

    private static ChangeRequest Request(string key = "key") => new(new Caller("tests", Role.Admin, null), Tenant, key, key);

    private async Task EndAsync(OperationRecord operation, OperationState state, NetworkState? network)
    {
        _beforeNetwork = () => Task.CompletedTask;
        await _records.ChangeAsync<OperationRecord>(
            RecordNames.Operation(Tenant, operation.Id), record => record with { State = state, EndedAt = DateTimeOffset.UnixEpoch }, CancellationToken.None);
        if (network is { } becomes)
        {
            await _records.ChangeAsync<NetworkRecord>(Record, record => record with { State = becomes, ActiveOperation = null }, CancellationToken.None);
        }
        else
        {
            await _records.DeleteAsync(Record, BlobCondition.None, CancellationToken.None);
        }
    }

    private async Task<OperationRecord?> OperationAsync(OperationRecord operation) =>
        (await _records.GetAsync<OperationRecord>(RecordNames.Operation(Tenant, operation.Id), CancellationToken.None))?.Record;

    private async Task<NetworkRecord?> NetworkAsync() => (await _records.GetAsync<NetworkRecord>(Record, CancellationToken.None))?.Record;

    private NetworkOperations Networks() => Parts().Networks;

    private NetworkDeletion Deletion() => Parts().DeletionWith(answer: false);

    private OperationParts Parts() => new(new RecordStore(new Interrupted(_memory, () => _beforeNetwork())), new StillWorkflows(), TimeProvider.System);

    /// <summary>Lets something happen before a network's record is read or written.</summary>
    private sealed class Interrupted(MemoryBlobStore inner, Func<Task> before) : IBlobStore
    {
        public async Task<Blob?> GetAsync(string name, CancellationToken cancellationToken)
        {
            await (name == Record ? before() : Task.CompletedTask);
            return await inner.GetAsync(name, cancellationToken);
        }

        public async Task<BlobTag> PutAsync(string name, ReadOnlyMemory<byte> content, BlobCondition condition, CancellationToken cancellationToken)
        {
            await (name == Record ? before() : Task.CompletedTask);
            return await inner.PutAsync(name, content, condition, cancellationToken);
        }

        public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

        public Task<BlobTag> WriteAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) => inner.WriteAsync(name, content, condition, cancellationToken);

        public Task DeleteAsync(string name, BlobCondition condition, CancellationToken cancellationToken) => inner.DeleteAsync(name, condition, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => inner.ListAsync(prefix, after, cancellationToken);
    }
}
