using Baas.Core.Networks;
using Baas.Core.Steps.Rolling;
using Baas.Testing.Kubernetes;

namespace Baas.Core.Tests.Steps.Rolling;

public sealed class OrderersSettledTests
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), NetworkName.Parse("net1"));
    private static readonly ChannelName Channel = ChannelName.Parse("main");
    private static readonly IReadOnlyList<NodeReference> Orderers = [.. Enumerable.Range(1, 2).Select(number => NodeReference.Orderer(OrganizationName.Parse("orderer"), number))];
    private readonly FakeKubernetes _kubernetes = new();
    private readonly Dictionary<string, string> _answers = [];

    [Theory]
    [InlineData(0, 9, 0, 9, null, true)] // nothing waits
    [InlineData(3, 9, 0, 9, null, false)] // something waits, and nobody knows whether it moves
    [InlineData(3, 10, 1, 9, 8, false)] // one of them does not hear of new blocks
    [InlineData(3, 11, 1, 10, 8, true)] // blocks come, to both
    public async Task ApplyAsync_Bft_HoldsWhenNothingWaitsOrAllGoOn(int firstWaits, int firstBlock, int secondWaits, int secondBlock, int? since, bool holds)
    {
        Answer(Orderers[0], Metrics(firstWaits, firstBlock));
        Answer(Orderers[1], Metrics(secondWaits, secondBlock));

        var seen = await LookAsync(since);

        Assert.Equal((holds, true, firstBlock), (seen.Holds, seen.IsBft, (int)seen.Block));
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

    private Task<OrderersSettled.Seen> LookAsync(int? since) =>
        new OrderersSettled(_kubernetes.Clusters()).ApplyAsync(new OrderersSettled.Input(Network, Channel, Orderers, null, since), CancellationToken.None);

    private void Answer(NodeReference node, string metrics)
    {
        _answers[$"{node.Node}-0"] = metrics;
        _kubernetes.Proxied = (target, path) => path == "metrics" ? _answers.GetValueOrDefault(target.Name) : null;
    }
}
