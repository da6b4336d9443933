using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Steps;

namespace Baas.Core.Tests.Steps;

public sealed class NodeMetricsTests
{
    private static readonly ChannelName Main = ChannelName.Parse("main");

    [Fact]
    public void Parse_Raft_LeaderAndItsChanges()
    {
        var metrics = NodeMetrics.Parse("""
            # TYPE consensus_etcdraft_active_nodes gauge
            consensus_etcdraft_active_nodes{channel="main"} 0
            consensus_etcdraft_is_leader{channel="main"} 0
            consensus_etcdraft_leader_changes{channel="main"} 7
            fabric_version{version="v3.1.5"} 1
            """);

        Assert.Equal((false, false, 7L, "3.1.5"), (metrics.KnowsLeader(Main, Consensus.Raft), metrics.IsLeader(Main, Consensus.Raft), metrics.LeaderChanges(Main, Consensus.Raft), metrics.Version));
        Assert.Null(metrics.KnowsLeader(ChannelName.Parse("other"), Consensus.Raft));
    }

    [Theory]
    [InlineData(2, 2, true)]
    [InlineData(3, 2, false)]
    public void Parse_Bft_AnOrdererThatAsksForTheNextViewHasNoLeader(int next, int real, bool knows)
    {
        var metrics = NodeMetrics.Parse($$"""
            consensus_smartbft_viewchange_next_view{channel="main"} {{next}}
            consensus_smartbft_viewchange_real_view{channel="main"} {{real}}
            """);

        Assert.Equal((knows, 2L), (metrics.KnowsLeader(Main, Consensus.Bft), metrics.LeaderChanges(Main, Consensus.Bft)));
    }

    [Fact]
    public void Parse_Transactions_AreAddedUpByVerdict()
    {
        var metrics = NodeMetrics.Parse("""
            ledger_transaction_count{chaincode="asset:1.0",channel="main",transaction_type="ENDORSER_TRANSACTION",validation_code="VALID"} 40
            ledger_transaction_count{chaincode="asset:1.0",channel="main",transaction_type="ENDORSER_TRANSACTION",validation_code="MVCC_READ_CONFLICT"} 3
            ledger_transaction_count{chaincode="unknown",channel="main",transaction_type="unknown",validation_code="VALID"} 2
            ledger_transaction_count{chaincode="asset:1.0",channel="main",transaction_type="ENDORSER_TRANSACTION",validation_code="ENDORSEMENT_POLICY_FAILURE"} 1
            """);

        Assert.Equal(new TransactionCounts(42, 4), metrics.Transactions(Main));
        Assert.Null(metrics.Transactions(ChannelName.Parse("other")));
    }
}
