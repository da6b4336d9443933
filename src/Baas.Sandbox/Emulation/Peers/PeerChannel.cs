using System.Collections.Concurrent;
using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Ledger.Kvrwset;
using Baas.Core.Fabric.Protos.Ledger.Rwset;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Ledger;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>One channel on one peer: the ledger, its state, and how blocks get into both.</summary>
internal sealed class PeerChannel : IDisposable
{
    private readonly PeerNode _peer;
    private readonly ConcurrentDictionary<string, ReadWriteSet> _missing = new(StringComparer.Ordinal);
    private readonly Lock _commit = new();

    /// <summary>Opens a channel and builds its state from its blocks.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="name">The channel's name.</param>
    /// <param name="folder">Where the ledger lies.</param>
    /// <param name="genesis">The first block, for a ledger that is new.</param>
    public PeerChannel(PeerNode peer, string name, string folder, Block? genesis)
    {
        _peer = peer;
        Name = name;
        Store = new BlockStore(folder);
        History = new KeyHistory(Store);
        Private = new PrivateDataStore(Path.Combine(folder, "private"));
        if (Store.Height == 0 && genesis is not null)
        {
            SetCodes(genesis, [TxValidationCode.Valid]);
            Store.Append(genesis);
        }

        if (Store.Height == 0)
        {
            throw new EmulationException($"cannot open ledger \"{name}\": it has no block");
        }

        Genesis = Blocks.Hash(Store.Read(0).Header);
        Config = Read(Store.Read(0));
        for (ulong number = 0; number < Store.Height; number++)
        {
            var block = Store.Read(number);
            Apply(block, CodesOf(block));
        }
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>The hash of the first block: tells channels of the same name apart.</summary>
    public ByteString Genesis { get; }

    /// <summary>The blocks.</summary>
    public BlockStore Store { get; }

    /// <summary>The private writes that this peer knows.</summary>
    public PrivateDataStore Private { get; }

    /// <summary>The configuration in force.</summary>
    public ChannelConfig Config { get; private set; }

    /// <summary>The block that brought it.</summary>
    public ulong ConfigNumber { get; private set; }

    /// <summary>The current values.</summary>
    public WorldState State { get; } = new();

    /// <summary>What became of public values.</summary>
    public KeyHistory History { get; }

    /// <summary>Where each transaction is, valid or not, and its verdict.</summary>
    public ConcurrentDictionary<string, (ulong Block, int Index, TxValidationCode Code)> Transactions { get; } = new(StringComparer.Ordinal);

    /// <summary>Prints a line.</summary>
    public void Log(string line) => _peer.Log($"[{Name}] {line}");

    /// <summary>The committed definition of a chaincode, or null.</summary>
    public ChaincodeDefinition? DefinitionOf(string chaincode) => ChaincodeDefinition.Read(key => State.Get(LifecycleChaincode.Name, key)?.Value, chaincode);

    /// <summary>Judges the next block and writes it.</summary>
    /// <exception cref="EmulationException">The block itself is not valid.</exception>
    public void Commit(Block block)
    {
        lock (_commit)
        {
            if (block.Header.Number < Store.Height)
            {
                return;
            }

            Blocks.DemandLink(block, Store.Last?.Header);
            BlockSignatures.Demand(block, Config);
            var codes = new BlockValidator(this).Judge(block);
            SetCodes(block, codes);
            Store.Append(block, () => Apply(block, codes));
            Log($"Committed block [{block.Header.Number}] with {codes.Length} transaction(s)");
        }
    }

    /// <summary>Waits for a transaction to be committed, valid or not.</summary>
    public async Task<(ulong Block, TxValidationCode Code)> WaitForAsync(string transaction, CancellationToken cancellationToken)
    {
        while (true)
        {
            var height = Store.Height;
            if (Transactions.TryGetValue(transaction, out var found))
            {
                return (found.Block, found.Code);
            }

            await Store.ReadAsync(height, cancellationToken);
        }
    }

    /// <summary>Fetches private writes that were not to be had when their transactions were committed.</summary>
    public void FetchMissing()
    {
        foreach (var (transaction, set) in _missing)
        {
            ApplyPrivate(transaction, set);
        }
    }

    /// <summary>The verdicts in a block's metadata.</summary>
    public static TxValidationCode[] CodesOf(Block block) => [.. block.Metadata.Metadata[(int)BlockMetadataIndex.TransactionsFilter].Select(code => (TxValidationCode)code)];

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();

    private static void SetCodes(Block block, TxValidationCode[] codes)
    {
        Blocks.EnsureSlots(block);
        block.Metadata.Metadata[(int)BlockMetadataIndex.TransactionsFilter] = ByteString.CopyFrom([.. codes.Select(code => (byte)code)]);
    }

    private void Apply(Block block, TxValidationCode[] codes)
    {
        for (var index = 0; index < codes.Length; index++)
        {
            var envelope = Envelope.Parser.ParseFrom(block.Data.Data[index]);
            var header = Blocks.Open(envelope).Channel;
            if (header.TxId.Length > 0)
            {
                Transactions.TryAdd(header.TxId, (block.Header.Number, index, codes[index]));
            }

            if (codes[index] != TxValidationCode.Valid)
            {
                continue;
            }

            if (header.Type == (int)HeaderType.Config)
            {
                Config = Read(block);
                ConfigNumber = block.Header.Number;
            }
            else if (TransactionReader.Read(envelope) is { } transaction)
            {
                var set = ReadWriteSet.Parse(transaction.Action.Results);
                State.Apply(set, block.Header.Number, (ulong)index);
                History.Apply(set, block.Header.Number, index);
                ApplyPrivate(header.TxId, set);
            }
        }
    }

    private void ApplyPrivate(string transaction, ReadWriteSet set)
    {
        var own = EndorsementPolicies.ImplicitCollection(_peer.Msp.Id);
        var wanted = set.Namespaces.Where(space => space.Collections.TryGetValue(own, out var collection) && collection.Set.HashedWrites.Count > 0).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var found = Private.Get(transaction) ?? _peer.Cluster.Find(_peer.Msp.Id, Name, transaction);
        if (found is null || !wanted.TrueForAll(space => TryApply(found, space, own)))
        {
            _missing[transaction] = set;
            return;
        }

        Private.Put(transaction, found);
        _missing.TryRemove(transaction, out _);
    }

    private bool TryApply(TxPvtReadWriteSet found, ReadWriteSet.Space space, string collection)
    {
        var bytes = found.NsPvtRwset.FirstOrDefault(set => set.Namespace == space.Name)?.CollectionPvtRwset.FirstOrDefault(set => set.CollectionName == collection)?.Rwset;
        if (bytes is null || !space.Collections[collection].PrivateHash.Span.SequenceEqual(SHA256.HashData(bytes.Span)))
        {
            return false;
        }

        foreach (var write in KVRWSet.Parser.ParseFrom(bytes).Writes)
        {
            State.ApplyPrivate(space.Name, collection, write.Key, write.IsDelete ? null : write.Value);
        }

        return true;
    }

    private ChannelConfig Read(Block block) =>
        Blocks.ConfigIn(block) is var (_, config) ? new ChannelConfig(Name, config.Config) : throw new EmulationException($"cannot open ledger \"{Name}\": block {block.Header.Number} is not a config block");
}
