namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>What an orderer measures, under Fabric's names.</summary>
internal static class OrdererMetrics
{
    /// <summary>The values of this moment.</summary>
    public static IEnumerable<(string Name, double Value)> Of(OrdererNode node)
    {
        foreach (var channel in node.Channels)
        {
            var label = $"{{channel=\"{channel.Name}\"}}";
            var members = channel.Members();
            var hasLeader = members.Count >= channel.Config.Quorum;
            yield return ($"ledger_blockchain_height{label}", channel.Store.Height);
            yield return ($"participation_status{label}", channel.IsOnboarding ? 2 : 1);
            yield return ($"participation_consensus_relation{label}", channel.IsConsenter ? 1 : 2);
            if (!channel.IsConsenter)
            {
                continue;
            }

            var prefix = channel.Config.IsBft ? "consensus_BFT_" : "consensus_etcdraft_";
            yield return ($"{prefix}cluster_size{label}", channel.Config.Consenters.Count);
            yield return ($"{prefix}is_leader{label}", BroadcastService.LeaderOf(channel) == channel ? 1 : 0);
            yield return ($"{prefix}committed_block_number{label}", channel.Store.Height == 0 ? 0 : channel.Store.Height - 1);
            if (channel.Config.IsBft)
            {
                yield return ($"consensus_smartbft_pool_count_of_elements{label}", BroadcastService.LeaderOf(channel)?.Requests.Count ?? 0);
            }
            else
            {
                yield return ($"{prefix}active_nodes{label}", hasLeader ? members.Count : 0);
            }
        }
    }
}
