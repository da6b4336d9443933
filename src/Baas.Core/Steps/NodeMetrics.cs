using System.Globalization;
using System.Text.RegularExpressions;
using Baas.Core.Health;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;

namespace Baas.Core.Steps;

/// <summary>What a node measures, in Prometheus' text form.</summary>
internal sealed partial class NodeMetrics
{
    private const string NextView = "consensus_smartbft_viewchange_next_view";
    private const string RealView = "consensus_smartbft_viewchange_real_view";

    private static readonly string[] LeaderMetrics = [LeaderMetric(Consensus.Raft), LeaderMetric(Consensus.Bft)];

    private readonly Dictionary<(string Name, string Channel), double> _values = [];
    private readonly Dictionary<string, TransactionCounts> _transactions = new(StringComparer.Ordinal);

    private NodeMetrics(string? version) => Version = version;

    /// <summary>The version that the node says it has; null when it does not say.</summary>
    public string? Version { get; }

    /// <summary>How many channels an orderer leads, whatever the consensus.</summary>
    public int LedChannels => _values.Count(one => LeaderMetrics.Contains(one.Key.Name) && one.Value == 1);

    /// <summary>Asks a pod's operations endpoint, through the cluster's API: no Service leads there.</summary>
    /// <exception cref="KubernetesException">The pod did not answer.</exception>
    public static async Task<NodeMetrics> ReadAsync(IKubernetesApi api, PlacedNode place, string pod, CancellationToken cancellationToken) =>
        Parse(await api.ProxyAsync(new ResourceReference(ResourceKind.Pod, place.Namespace, pod), Ports.OperationsOf(place.Role), "metrics", cancellationToken));

    /// <summary>Asks the one pod of a node.</summary>
    /// <inheritdoc cref="ReadAsync(IKubernetesApi, PlacedNode, string, CancellationToken)"/>
    public static Task<NodeMetrics> ReadAsync(IKubernetesApi api, PlacedNode place, CancellationToken cancellationToken) => ReadAsync(api, place, $"{place.Name}-0", cancellationToken);

    /// <summary>Reads the version and the values that carry a channel; other lines that are not understood are passed over.</summary>
    public static NodeMetrics Parse(string text)
    {
        var metrics = new NodeMetrics(VersionLine().Match(text) is { Success: true } found ? found.Groups[1].Value : null);
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var open = line.IndexOf('{', StringComparison.Ordinal);
            var close = line.LastIndexOf('}');
            if (open > 0 && close > open && ChannelIn(line[open..close]) is { } channel
                && double.TryParse(line[(close + 1)..].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                metrics.Take(line[..open], line[open..close], channel, value);
            }
        }

        return metrics;
    }

    /// <summary>Whether the orderer leads a channel; null when it does not tell.</summary>
    public bool? IsLeader(ChannelName channel, Consensus consensus) => Value(LeaderMetric(consensus), channel) is { } value ? value > 0 : null;

    /// <summary>Whether the orderer knows a leader; null when it does not tell.</summary>
    /// <remarks>A BFT orderer that has asked for the next view has given the leader up, and follows none until a new view is real (SmartBFT's viewchanger.go).</remarks>
    public bool? KnowsLeader(ChannelName channel, Consensus consensus) => consensus == Consensus.Raft
        ? Value("consensus_etcdraft_active_nodes", channel) is { } nodes ? nodes > 0 : null
        : Value(NextView, channel) is { } next && Value(RealView, channel) is { } real ? next <= real : null;

    /// <summary>How often the orderer has seen the leader change; null when it does not tell. A view of BFT has one leader, so its number counts.</summary>
    public long? LeaderChanges(ChannelName channel, Consensus consensus) => (long?)Value(consensus == Consensus.Raft ? "consensus_etcdraft_leader_changes" : RealView, channel);

    /// <summary>How many transactions the peer has committed since it was started; null when it does not tell.</summary>
    public TransactionCounts? Transactions(ChannelName channel) => _transactions.GetValueOrDefault(channel.Value);

    /// <summary>How many transactions a BFT orderer has taken and not seen ordered yet; null with raft.</summary>
    public double? Waiting(ChannelName channel) => Value("consensus_smartbft_pool_count_of_elements", channel);

    /// <summary>The number of the last block that a BFT orderer has of a channel; null when it does not tell.</summary>
    public double? CommittedBlock(ChannelName channel) => Value("consensus_BFT_committed_block_number", channel);

    private static string LeaderMetric(Consensus consensus) => consensus == Consensus.Raft ? "consensus_etcdraft_is_leader" : "consensus_BFT_is_leader";

    private void Take(string name, string labels, string channel, double value)
    {
        _values[(name, channel)] = value;
        if (name == "ledger_transaction_count")
        {
            // One line for each kind, chaincode and verdict.
            var former = _transactions.GetValueOrDefault(channel) ?? new TransactionCounts(0, 0);
            var isValid = labels.Contains("validation_code=\"VALID\"", StringComparison.Ordinal);
            _transactions[channel] = isValid ? former with { Valid = former.Valid + (long)value } : former with { Invalid = former.Invalid + (long)value };
        }
    }

    private double? Value(string name, ChannelName channel) => _values.TryGetValue((name, channel.Value), out var value) ? value : null;

    private static string? ChannelIn(string labels)
    {
        const string Label = "channel=\"";
        var start = labels.IndexOf(Label, StringComparison.Ordinal);
        var end = start < 0 ? -1 : labels.IndexOf('"', start + Label.Length);
        return end < 0 ? null : labels[(start + Label.Length)..end];
    }

    // Some builds put a letter before the number.
    [GeneratedRegex("""^fabric_version\{[^}]*version="v?([^"]+)"[^}]*\}""", RegexOptions.Multiline)]
    private static partial Regex VersionLine();
}
