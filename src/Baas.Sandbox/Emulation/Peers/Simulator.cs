using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Ledger.Kvrwset;
using Baas.Core.Fabric.Protos.Ledger.Rwset;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Lets a chaincode read and write, and remembers both instead of changing anything. Results are in order of key, so that all endorsers say the same.</summary>
internal sealed class Simulator(WorldState state, KeyHistory history, string space)
{
    // What Fabric's shims ask for when the first key is left open.
    private const string FirstKey = "\u0001";

    private readonly SortedDictionary<string, KVRead> _reads = new(StringComparer.Ordinal);
    private readonly List<RangeQueryInfo> _ranges = [];
    private readonly SortedDictionary<string, KVWrite> _writes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Collection> _collections = new(StringComparer.Ordinal);

    /// <summary>The event that the chaincode has set, or null.</summary>
    public ChaincodeEvent? Event { get; set; }

    /// <summary>Reads a public value; like Fabric's, not what this transaction has written.</summary>
    public ByteString? Get(string key)
    {
        var entry = state.Get(space, key);
        _reads.TryAdd(key, new KVRead { Key = key, Version = entry?.Version });
        return entry?.Value;
    }

    /// <summary>Writes a public value; null deletes.</summary>
    public void Put(string key, ByteString? value) => _writes[key] = new KVWrite { Key = key, IsDelete = value is null, Value = value ?? ByteString.Empty };

    /// <summary>The keys that begin with a prefix. Not protected against phantoms.</summary>
    public IReadOnlyList<string> Keys(string prefix) => state.Keys(space, prefix);

    /// <summary>The public values from one key up to, but not with, another; empty texts leave an end open. What comes to stand between is a conflict.</summary>
    public IReadOnlyList<ByteString> Range(string from, string to)
    {
        var start = from.Length == 0 ? FirstKey : from;
        var entries = state.Range(space, start, to);
        var reads = new QueryReads { KvReads = { entries.Select(entry => new KVRead { Key = entry.Key, Version = entry.Entry.Version }) } };
        _ranges.Add(new RangeQueryInfo { StartKey = start, EndKey = to, ItrExhausted = true, RawReads = reads });
        return [.. entries.Select(entry => entry.Entry.Value)];
    }

    /// <summary>What became of a public key, newest first. No read that could conflict.</summary>
    public IReadOnlyList<KeyHistory.Change> History(string key) => history.Of(space, key);

    /// <summary>Reads a private value.</summary>
    public ByteString? GetPrivate(string collection, string key)
    {
        RecordHash(collection, key);
        return state.GetPrivate(space, collection, key);
    }

    /// <summary>Reads the hash of a private value.</summary>
    public ByteString? GetPrivateHash(string collection, string key) => RecordHash(collection, key)?.Value;

    /// <summary>The private keys of a collection that begin with a prefix.</summary>
    public IReadOnlyList<string> PrivateKeys(string collection, string prefix) => state.PrivateKeys(space, collection, prefix);

    /// <summary>Writes a private value.</summary>
    public void PutPrivate(string collection, string key, ByteString value) => In(collection).Writes[key] = new KVWrite { Key = key, Value = value };

    /// <summary>What was read and written: the public part, and the private part if there is one.</summary>
    public (ByteString Public, TxPvtReadWriteSet? Private) Results()
    {
        var set = new NsReadWriteSet { Namespace = space, Rwset = new KVRWSet { Reads = { _reads.Values }, RangeQueriesInfo = { _ranges }, Writes = { _writes.Values } }.ToByteString() };
        var secret = new NsPvtReadWriteSet { Namespace = space };
        foreach (var (name, collection) in _collections)
        {
            var hashed = new CollectionHashedReadWriteSet { CollectionName = name, HashedRwset = Hashed(collection).ToByteString() };
            if (collection.Writes.Count > 0)
            {
                var bytes = new KVRWSet { Writes = { collection.Writes.Values } }.ToByteString();
                hashed.PvtRwsetHash = Sha256(bytes);
                secret.CollectionPvtRwset.Add(new CollectionPvtReadWriteSet { CollectionName = name, Rwset = bytes });
            }

            set.CollectionHashedRwset.Add(hashed);
        }

        return (new TxReadWriteSet { NsRwset = { set } }.ToByteString(), secret.CollectionPvtRwset.Count == 0 ? null : new TxPvtReadWriteSet { NsPvtRwset = { secret } });
    }

    private WorldState.Entry? RecordHash(string collection, string key)
    {
        var hash = WorldState.HashOf(key);
        var entry = state.GetHash(space, collection, hash);
        In(collection).Reads.TryAdd(key, new KVReadHash { KeyHash = hash, Version = entry?.Version });
        return entry;
    }

    private static HashedRWSet Hashed(Collection collection) => new()
    {
        HashedReads = { collection.Reads.Values },
        HashedWrites = { collection.Writes.Values.Select(write => new KVWriteHash { KeyHash = WorldState.HashOf(write.Key), ValueHash = Sha256(write.Value) }) },
    };

    private Collection In(string name)
    {
        if (!_collections.TryGetValue(name, out var collection))
        {
            collection = new Collection();
            _collections.Add(name, collection);
        }

        return collection;
    }

    private static ByteString Sha256(ByteString bytes) => ByteString.CopyFrom(SHA256.HashData(bytes.Span));

    private sealed class Collection
    {
        public SortedDictionary<string, KVReadHash> Reads { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, KVWrite> Writes { get; } = new(StringComparer.Ordinal);
    }
}
