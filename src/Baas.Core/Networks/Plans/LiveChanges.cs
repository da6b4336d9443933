using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Plans;

/// <summary>Finds what is wanted of a live network and cannot be done.</summary>
internal static class LiveChanges
{
    /// <summary>Every difference that is no supported addition.</summary>
    public static IReadOnlyList<Violation> Violations(NetworkSpec recorded, NetworkSpec wanted) =>
    [
        .. Fixed("$", Rest(recorded), Rest(wanted)),
        .. Ordering(recorded.Ordering, wanted.Ordering),
        .. Organizations(recorded, wanted),
        .. Channels(recorded, wanted),
        .. Chaincodes(recorded, wanted),
        .. SequenceViolations(recorded, wanted),
    ];

    /// <summary>Chaincodes whose sequence does not follow the recorded one; without a recorded one, sequences start at 1.</summary>
    public static IReadOnlyList<Violation> SequenceViolations(NetworkSpec? recorded, NetworkSpec wanted) =>
    [
        .. from item in wanted.Chaincodes.Index()
           let before = AdditionsPlan.Predecessor(recorded, item.Item)
           let next = (before?.Sequence ?? 0) + 1
           where item.Item.Sequence != next && item.Item.Sequence != before?.Sequence
           select new Violation(
               $"$.chaincodes[{item.Index}].sequence",
               "sequence-not-next",
               $"the next sequence of chaincode \"{item.Item.Name}\" on channel \"{item.Item.Channel}\" is {next}, not {item.Item.Sequence}"),
    ];

    // What stays when everything that may grow is taken out.
    private static NetworkSpec Rest(NetworkSpec spec) => spec with { Ordering = new(), Organizations = [], Channels = [], Chaincodes = [], Backup = null };

    private static IEnumerable<Violation> Ordering(OrderingSpec before, OrderingSpec after)
    {
        foreach (var violation in Fixed("$.ordering", before with { Nodes = 0 }, after with { Nodes = 0 }))
        {
            yield return violation;
        }

        if (after.Nodes < before.Nodes)
        {
            yield return Unsupported("$.ordering.nodes", $"orderers cannot be taken away from a live network: {before.Nodes} are there");
        }
    }

    private static IEnumerable<Violation> Organizations(NetworkSpec recorded, NetworkSpec wanted)
    {
        foreach (var before in recorded.Organizations)
        {
            var (index, after) = wanted.Organizations.Index().FirstOrDefault(item => item.Item.Name == before.Name);
            if (after is null)
            {
                yield return Unsupported("$.organizations", $"organization \"{before.Name}\" cannot be taken away from a live network");
                continue;
            }

            foreach (var violation in Fixed($"$.organizations[{index}]", before with { Peers = 0 }, after with { Peers = 0 }))
            {
                yield return violation;
            }

            if (after.Peers < before.Peers)
            {
                yield return Unsupported($"$.organizations[{index}].peers", $"peers cannot be taken away from a live network: {before.Peers} are there");
            }
        }
    }

    private static IEnumerable<Violation> Channels(NetworkSpec recorded, NetworkSpec wanted)
    {
        foreach (var before in recorded.Channels)
        {
            var (index, after) = wanted.Channels.Index().FirstOrDefault(item => item.Item.Name == before.Name);
            if (after is null)
            {
                yield return Unsupported("$.channels", $"channel \"{before.Name}\" cannot be taken away from a live network");
                continue;
            }

            foreach (var violation in Fixed($"$.channels[{index}]", Ordered(before), Ordered(after)))
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<Violation> Chaincodes(NetworkSpec recorded, NetworkSpec wanted)
    {
        foreach (var before in recorded.Chaincodes)
        {
            var (index, after) = wanted.Chaincodes.Index().FirstOrDefault(item => item.Item.Name == before.Name && item.Item.Channel == before.Channel);
            if (after is null)
            {
                yield return Unsupported("$.chaincodes", $"chaincode \"{before.Name}\" cannot be taken away from channel \"{before.Channel}\"");
            }
            else if (after.Sequence == before.Sequence && Fixed("$", before with { Verify = null }, after with { Verify = null }).Any())
            {
                yield return new Violation(
                    $"$.chaincodes[{index}].sequence",
                    "sequence-not-next",
                    $"the definition of chaincode \"{after.Name}\" has changed, so its sequence has to be {before.Sequence + 1}");
            }

            foreach (var violation in after is null ? [] : Collections(before, after, $"$.chaincodes[{index}].collections"))
            {
                yield return violation;
            }
        }
    }

    // core/chaincode/lifecycle/scc.go, validateCollConfigsAgainstCommittedDef
    private static IEnumerable<Violation> Collections(ChaincodeSpec before, ChaincodeSpec after, string path)
    {
        foreach (var old in before.Collections)
        {
            var (index, now) = after.Collections.Index().FirstOrDefault(item => item.Item.Name == old.Name);
            if (now is null)
            {
                yield return Unsupported(path, $"collection \"{old.Name}\" is committed and cannot be taken away");
            }
            else if (now.BlockToLive != old.BlockToLive)
            {
                yield return Unsupported($"{path}[{index}].blockToLive", $"blockToLive of a committed collection stays as it is: {old.BlockToLive}");
            }
        }
    }

    private static ChannelSpec Ordered(ChannelSpec channel) =>
        channel with { Organizations = [.. channel.Organizations.OrderBy(name => name.Value, StringComparer.Ordinal)] };

    private static IEnumerable<Violation> Fixed<T>(string path, T before, T after) =>
        SpecDifference.Between(path, JsonSerializer.SerializeToNode(before, NetworkJson.Options), JsonSerializer.SerializeToNode(after, NetworkJson.Options))
            .Select(found => Unsupported(found.Path, $"it cannot be changed on a live network from {Text(found.Before)} to {Text(found.After)}"));

    private static Violation Unsupported(string path, string message) => new(path, "change-not-supported", message);

    private static string Text(JsonNode? node)
    {
        var text = node?.ToJsonString(NetworkJson.Options) ?? "nothing";
        return text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");
    }
}
