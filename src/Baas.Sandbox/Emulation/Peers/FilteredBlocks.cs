using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Ledger;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Blocks reduced to what became of their transactions.</summary>
internal static class FilteredBlocks
{
    /// <summary>Reduces a block.</summary>
    public static FilteredBlock Of(string channel, Block block)
    {
        var filtered = new FilteredBlock { ChannelId = channel, Number = block.Header.Number };
        var codes = PeerChannel.CodesOf(block);
        for (var index = 0; index < block.Data.Data.Count; index++)
        {
            var envelope = Envelope.Parser.ParseFrom(block.Data.Data[index]);
            var header = Blocks.Open(envelope).Channel;
            var transaction = new FilteredTransaction { Txid = header.TxId, Type = (HeaderType)header.Type, TxValidationCode = codes[index] };
            if (header.Type == (int)HeaderType.EndorserTransaction)
            {
                transaction.TransactionActions = ActionsOf(envelope);
            }

            filtered.FilteredTransactions.Add(transaction);
        }

        return filtered;
    }

    // Events travel without what they carry.
    private static FilteredTransactionActions ActionsOf(Envelope envelope)
    {
        var actions = new FilteredTransactionActions();
        if (TransactionReader.Read(envelope)?.Action.Events is { IsEmpty: false } events)
        {
            var chaincodeEvent = ChaincodeEvent.Parser.ParseFrom(events);
            chaincodeEvent.Payload = ByteString.Empty;
            actions.ChaincodeActions.Add(new FilteredChaincodeAction { ChaincodeEvent = chaincodeEvent });
        }

        return actions;
    }
}
