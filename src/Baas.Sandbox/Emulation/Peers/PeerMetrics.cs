namespace Baas.Sandbox.Emulation.Peers;

/// <summary>What a peer measures, under Fabric's names.</summary>
internal static class PeerMetrics
{
    /// <summary>The values of this moment.</summary>
    public static IEnumerable<(string Name, double Value)> Of(PeerNode node)
    {
        foreach (var channel in node.Channels)
        {
            yield return ($"ledger_blockchain_height{{channel=\"{channel.Name}\"}}", channel.Store.Height);
            foreach (var verdicts in channel.Transactions.Values.CountBy(transaction => transaction.Code))
            {
                var labels = $"channel=\"{channel.Name}\",transaction_type=\"ENDORSER_TRANSACTION\",chaincode=\"unknown\",validation_code=\"{NameOf(verdicts.Key)}\"";
                yield return ($"ledger_transaction_count{{{labels}}}", verdicts.Value);
            }
        }
    }

    // As in Fabric's message: words in capitals with underscores.
    private static string NameOf(Core.Fabric.Protos.Peer.TxValidationCode code) =>
        string.Concat(code.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
