using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Ledger.Kvrwset;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Ledger;
using Google.Protobuf;
using static Baas.Core.Fabric.Protos.Peer.TxValidationCode;
using KvVersion = Baas.Core.Fabric.Protos.Ledger.Kvrwset.Version;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Judges the transactions of a block, in order: form, creator, endorsements, versions of what was read.</summary>
internal sealed class BlockValidator(PeerChannel channel)
{
    private readonly ulong _number = channel.Store.Height;
    private readonly HashSet<(string, string, string, ByteString)> _written = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The verdict on each transaction.</summary>
    public TxValidationCode[] Judge(Block block)
    {
        var codes = new TxValidationCode[block.Data.Data.Count];
        for (var index = 0; index < codes.Length; index++)
        {
            codes[index] = Judge(block.Data.Data[index], out var set);
            if (codes[index] == Valid && set is not null)
            {
                Remember(set);
            }
        }

        return codes;
    }

    private TxValidationCode Judge(ByteString entry, out ReadWriteSet? set)
    {
        set = null;
        Envelope envelope;
        ChannelHeader header;
        SignatureHeader signature;
        try
        {
            envelope = Envelope.Parser.ParseFrom(entry);
            (_, header, signature) = Blocks.Open(envelope);
        }
        catch (Exception failure) when (failure is InvalidProtocolBufferException or EmulationException)
        {
            return BadPayload;
        }

        if (header.ChannelId != channel.Name)
        {
            return TargetChainNotFound;
        }

        return header.Type switch
        {
            (int)HeaderType.Config => JudgeConfig(envelope),
            (int)HeaderType.EndorserTransaction when header.TxId != TransactionReader.IdOf(signature) => BadProposalTxid,
            (int)HeaderType.EndorserTransaction when channel.Transactions.ContainsKey(header.TxId) || !_ids.Add(header.TxId) => DuplicateTxid,
            (int)HeaderType.EndorserTransaction => JudgeTransaction(envelope, out set),
            _ => UnknownTxType,
        };
    }

    private TxValidationCode JudgeConfig(Envelope envelope)
    {
        if (_number == 0)
        {
            return Valid;
        }

        var result = ConfigEnvelope.Parser.ParseFrom(Blocks.Open(envelope).Payload.Data);
        try
        {
            return ConfigUpdates.Propose(channel.Config, result.LastUpdate).Config.Equals(result.Config) ? Valid : InvalidConfigTransaction;
        }
        catch (EmulationException)
        {
            return InvalidConfigTransaction;
        }
    }

    private TxValidationCode JudgeTransaction(Envelope envelope, out ReadWriteSet? set)
    {
        set = null;
        if (TransactionReader.Read(envelope) is not { } transaction)
        {
            return InvalidEndorserTransaction;
        }

        if (!IsSigned(transaction))
        {
            return BadCreatorSignature;
        }

        if (!transaction.HasOneCreator || transaction.ProposalHash != transaction.ExpectedHash)
        {
            return InvalidEndorserTransaction;
        }

        try
        {
            set = ReadWriteSet.Parse(transaction.Action.Results);
        }
        catch (InvalidProtocolBufferException)
        {
            return BadRwset;
        }

        if (EndorsementPolicies.Refuse(channel, transaction, set) is { } reason)
        {
            channel.Log($"transaction {transaction.Channel.TxId} is invalid: {reason}");
            return EndorsementPolicyFailure;
        }

        return ConflictOf(set);
    }

    private bool IsSigned(TransactionReader transaction)
    {
        try
        {
            return channel.Config.Msps.Identify(transaction.Creator.Identity).Verify(transaction.Creator.Data.Span, transaction.Creator.Signature.Span);
        }
        catch (EmulationException)
        {
            return false;
        }
    }

    private TxValidationCode ConflictOf(ReadWriteSet set)
    {
        foreach (var space in set.Namespaces)
        {
            if (!space.Public.Reads.All(read => IsCurrent(space.Name, read)))
            {
                return MvccReadConflict;
            }

            if (!space.Public.RangeQueriesInfo.All(range => IsCurrent(space.Name, range)))
            {
                return PhantomReadConflict;
            }

            if (!space.Collections.All(collection => collection.Value.Set.HashedReads.All(read => IsCurrent(space.Name, collection.Key, read))))
            {
                return MvccReadConflict;
            }
        }

        return Valid;
    }

    private bool IsCurrent(string space, KVRead read) =>
        IsSame(read.Version, channel.State.Get(space, read.Key)?.Version) && !_written.Contains((space, string.Empty, read.Key, ByteString.Empty));

    private bool IsCurrent(string space, RangeQueryInfo range) =>
        channel.State.Range(space, range.StartKey, range.EndKey).Select(found => (found.Key, found.Entry.Version)).SequenceEqual(range.RawReads.KvReads.Select(read => (read.Key, read.Version)))
        && !_written.Any(written => written.Item1 == space && written.Item2.Length == 0 && WorldState.IsWithin(written.Item3, range.StartKey, range.EndKey));

    private bool IsCurrent(string space, string collection, KVReadHash read) =>
        IsSame(read.Version, channel.State.GetHash(space, collection, read.KeyHash)?.Version) && !_written.Contains((space, collection, string.Empty, read.KeyHash));

    private static bool IsSame(KvVersion? read, KvVersion? now) => Equals(read, now);

    private void Remember(ReadWriteSet set)
    {
        foreach (var space in set.Namespaces)
        {
            foreach (var write in space.Public.Writes)
            {
                _written.Add((space.Name, string.Empty, write.Key, ByteString.Empty));
            }

            foreach (var (collection, hashes) in space.Collections)
            {
                foreach (var write in hashes.Set.HashedWrites)
                {
                    _written.Add((space.Name, collection, string.Empty, write.KeyHash));
                }
            }
        }
    }
}
