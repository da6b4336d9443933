using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Steps;
using Baas.Core.Steps.Rolling;
using Baas.Core.Tests.Fabric;
using Baas.Testing.Kubernetes;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Steps.Rolling;

public sealed class OrderersSettledTests : IAsyncLifetime, IDisposable
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), NetworkName.Parse("net1"));
    private static readonly OrganizationName Org1 = OrganizationName.Parse("org1");
    private static readonly ChannelName Channel = ChannelName.Parse("main");
    private static readonly IReadOnlyList<NodeReference> Orderers = [.. Enumerable.Range(1, 2).Select(number => NodeReference.Orderer(OrganizationName.Parse("orderer"), number))];

    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly TestStores _stores = new();
    private readonly TestAuthority _authority = new();
    private readonly FakeKubernetes _kubernetes = new();
    private readonly Dictionary<string, string> _answers = [];
    private TestLedgerNode? _node;

    // One that endorses and orders.
    private TestLedgerNode Node => _node!;

    public async Task InitializeAsync()
    {
        _node = (await TestLedgerNode.StartAsync()).On("QueryChaincodeDefinitions", new QueryChaincodeDefinitionsResult());
        Node.BftConsenters = 1;
        await Node.JoinAsync(_stores.Identities, _authority, Network, Org1, _stop.Token);
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();

    public void Dispose()
    {
        _connections.Dispose();
        _authority.Dispose();
        _stop.Dispose();
    }

    [Theory]
    [InlineData(0, 9, 0, 9, null, true, false)] // the first look
    [InlineData(0, 11, 0, 10, 8, true, false)] // blocks come, to both
    [InlineData(3, 11, 1, 10, 8, true, false)]
    [InlineData(0, 10, 0, 9, 8, false, true)] // one of them does not hear of new blocks
    [InlineData(0, 8, 0, 8, 8, false, true)] // nobody writes
    [InlineData(3, 8, 0, 8, 8, false, false)] // what somebody has written waits
    public async Task ApplyAsync_Bft_HoldsWhenAllHaveNewBlocks_AndSendsWhereNothingComes(int firstWaits, int firstBlock, int secondWaits, int secondBlock, int? since, bool holds, bool sends)
    {
        Answer(Orderers[0], Metrics(firstWaits, firstBlock));
        Answer(Orderers[1], Metrics(secondWaits, secondBlock));

        var seen = await LookAsync(since);

        Assert.Equal((holds, true, firstBlock), (seen.Holds, seen.IsBft, (int)seen.Block));
        Assert.Equal(sends ? 1 : 0, Node.Broadcasts.Count);
    }

    [Fact]
    public async Task ApplyAsync_OrderersTakeNothing_DoesNotHold()
    {
        Node.BroadcastStatus = Status.ServiceUnavailable;
        Answer(Orderers[0], Metrics(0, 8));
        Answer(Orderers[1], Metrics(0, 8));

        var seen = await LookAsync(8);

        Assert.False(seen.Holds);
        Assert.Contains("as told", seen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 8, true)]
    [InlineData(8, 7, false)]
    public async Task ApplyAsync_NoPeerCanEndorse_HoldsWhenAllAreEquallyFar(int firstBlock, int secondBlock, bool holds)
    {
        Node.On("QueryChaincodeDefinitions", _ => TestLedgerNode.Failure(500, "not now"));
        Answer(Orderers[0], Metrics(0, firstBlock));
        Answer(Orderers[1], Metrics(0, secondBlock));

        Assert.Equal(holds, (await LookAsync(8)).Holds);
        Assert.Equal(holds, (await LookAsync(8, isAsked: false)).Holds);
        Assert.Empty(Node.Broadcasts);
    }

    [Fact]
    public async Task ApplyAsync_Raft_HasNothingToWaitFor()
    {
        Answer(Orderers[0], "consensus_etcdraft_is_leader{channel=\"main\"} 1\n");
        Answer(Orderers[1], "consensus_etcdraft_is_leader{channel=\"main\"} 0\n");

        var seen = await LookAsync(null);

        Assert.Equal((true, false), (seen.Holds, seen.IsBft));
    }

    [Fact]
    public async Task ApplyAsync_OneDoesNotAnswer_DoesNotHold()
    {
        Answer(Orderers[0], Metrics(0, 9));

        Assert.False((await LookAsync(null)).Holds);
    }

    private static string Metrics(int waits, int block) => $"consensus_smartbft_pool_count_of_elements{{channel=\"main\"}} {waits}\nconsensus_BFT_committed_block_number{{channel=\"main\"}} {block}\n";

    private Task<OrderersSettled.Seen> LookAsync(int? since, bool isAsked = true)
    {
        var input = new OrderersSettled.Input(Network, Channel, Orderers, null, since) { SendTo = [Node.OrdererOf("org1")], Endorsers = isAsked ? [Node.PeerOf("org1")] : [] };
        return new OrderersSettled(_kubernetes.Clusters(), new FabricAccess(_connections, _stores.Identities), TimeProvider.System).ApplyAsync(input, _stop.Token);
    }

    private void Answer(NodeReference node, string metrics)
    {
        _answers[$"{node.Node}-0"] = metrics;
        _kubernetes.Proxied = (target, path) => path == "metrics" ? _answers.GetValueOrDefault(target.Name) : null;
    }
}
