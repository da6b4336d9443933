using System.Globalization;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Ledger;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The system chaincode <c>qscc</c>: reads the ledger.</summary>
internal sealed class QueryChaincode(PeerNode peer) : ISystemChaincode
{
    private static readonly string[] Functions = ["GetChainInfo", "GetBlockByNumber", "GetBlockByHash", "GetTransactionByID", "GetBlockByTxID"];

    /// <inheritdoc/>
    public Response Invoke(ChaincodeCall call)
    {
        var name = call.Argument(1).ToStringUtf8();
        if (peer.Find(name) is not { } channel)
        {
            return Responses.Error($"Invalid chain ID, {name}");
        }

        if (!Functions.Contains(call.Function))
        {
            return Responses.Error($"access denied for [{call.Function}][{name}]: [Unmapped policy for qscc/{call.Function}]");
        }

        if (channel.Config.Policies.Refuse(channel.Config.PolicyFor($"qscc/{call.Function}", PeerNode.Readers), [call.Proposal.Signed]) is { } reason)
        {
            return Responses.Error($"access denied for [{call.Function}][{name}]: [{reason}]");
        }

        return call.Function switch
        {
            "GetChainInfo" => Responses.Ok(Info(channel)),
            "GetBlockByNumber" => ByNumber(channel, call.Argument(2).ToStringUtf8()),
            "GetBlockByHash" => ByHash(channel, call),
            "GetTransactionByID" => Transaction(channel, call.Argument(2).ToStringUtf8()),
            _ => ByTransaction(channel, call.Argument(2).ToStringUtf8()),
        };
    }

    private static BlockchainInfo Info(PeerChannel channel)
    {
        var last = channel.Store.Last!; // a joined channel has its genesis block
        return new BlockchainInfo { Height = last.Header.Number + 1, CurrentBlockHash = Blocks.Hash(last.Header), PreviousBlockHash = last.Header.PreviousHash };
    }

    private static Response ByNumber(PeerChannel channel, string text)
    {
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Responses.Error($"Failed to parse block number with error strconv.ParseUint: parsing \"{text}\": invalid syntax");
        }

        number = number == ulong.MaxValue ? channel.Store.Height - 1 : number;
        return number < channel.Store.Height ? Responses.Ok(channel.Store.Read(number)) : Responses.Error($"Failed to get block number {number}, error no such block number [{number}] in index");
    }

    private static Response ByHash(PeerChannel channel, ChaincodeCall call)
    {
        for (ulong number = 0; number < channel.Store.Height; number++)
        {
            var block = channel.Store.Read(number);
            if (Blocks.Hash(block.Header) == call.Argument(2))
            {
                return Responses.Ok(block);
            }
        }

        return Responses.Error($"Failed to get block hash {call.Argument(2).ToStringUtf8()}, error no such block hash [{Convert.ToHexStringLower(call.Argument(2).Span)}] in index");
    }

    private static Response ByTransaction(PeerChannel channel, string id) => channel.Transactions.TryGetValue(id, out var found)
        ? Responses.Ok(channel.Store.Read(found.Block))
        : Responses.Error($"Failed to get block for txID {id}, error no such transaction ID [{id}] in index");

    private static Response Transaction(PeerChannel channel, string id)
    {
        if (!channel.Transactions.TryGetValue(id, out var found))
        {
            return Responses.Error($"Failed to get transaction with id {id}, error no such transaction ID [{id}] in index");
        }

        var envelope = Envelope.Parser.ParseFrom(channel.Store.Read(found.Block).Data.Data[found.Index]);
        return Responses.Ok(new ProcessedTransaction { TransactionEnvelope = envelope, ValidationCode = (int)found.Code });
    }
}
