using System.Globalization;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Health;

/// <summary>What a node measures, in Prometheus' text form.</summary>
internal sealed class NodeMetrics
{
    private readonly Dictionary<(string Name, string Channel), double> _values = [];

    private NodeMetrics()
    {
    }

    /// <summary>Reads the values that carry a channel; lines that are not understood are passed over.</summary>
    public static NodeMetrics Parse(string text)
    {
        var metrics = new NodeMetrics();
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var open = line.IndexOf('{', StringComparison.Ordinal);
            var close = line.LastIndexOf('}');
            if (open > 0 && close > open && ChannelIn(line[open..close]) is { } channel
                && double.TryParse(line[(close + 1)..].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                metrics._values[(line[..open], channel)] = value;
            }
        }

        return metrics;
    }

    /// <summary>Whether the orderer leads a channel; null when it does not tell.</summary>
    public bool? IsLeader(ChannelName channel, Consensus consensus) => Value($"{Prefix(consensus)}is_leader", channel) is { } value ? value > 0 : null;

    /// <summary>Whether the orderer knows a leader; null when it does not tell. BFT's metrics are as of the last block, and say nothing of now.</summary>
    public bool? KnowsLeader(ChannelName channel, Consensus consensus) =>
        consensus == Consensus.Raft && Value("consensus_etcdraft_active_nodes", channel) is { } value ? value > 0 : null;

    private static string Prefix(Consensus consensus) => consensus == Consensus.Raft ? "consensus_etcdraft_" : "consensus_BFT_";

    private double? Value(string name, ChannelName channel) => _values.TryGetValue((name, channel.Value), out var value) ? value : null;

    private static string? ChannelIn(string labels)
    {
        const string Label = "channel=\"";
        var start = labels.IndexOf(Label, StringComparison.Ordinal);
        var end = start < 0 ? -1 : labels.IndexOf('"', start + Label.Length);
        return end < 0 ? null : labels[(start + Label.Length)..end];
    }
}
