using System.Security.Cryptography;
using Google.Protobuf;
using KvVersion = Baas.Core.Fabric.Protos.Ledger.Kvrwset.Version;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The current values of a channel on one peer: public ones, hashes of private ones, and the private ones that its organization may see. Built from the blocks at every start.</summary>
internal sealed class WorldState
{
    private readonly Dictionary<(string Namespace, string Key), Entry> _public = [];
    private readonly Dictionary<(string Namespace, string Collection, ByteString KeyHash), Entry> _hashed = [];
    private readonly Dictionary<(string Namespace, string Collection, string Key), ByteString> _private = [];
    private readonly Lock _gate = new();

    /// <summary>A public value.</summary>
    public Entry? Get(string space, string key)
    {
        lock (_gate)
        {
            return _public.GetValueOrDefault((space, key));
        }
    }

    /// <summary>The hash of a private value.</summary>
    public Entry? GetHash(string space, string collection, ByteString keyHash)
    {
        lock (_gate)
        {
            return _hashed.GetValueOrDefault((space, collection, keyHash));
        }
    }

    /// <summary>A private value; null when there is none or this peer has not got it. One that does not fit the public hash counts as not there.</summary>
    public ByteString? GetPrivate(string space, string collection, string key)
    {
        lock (_gate)
        {
            return _private.TryGetValue((space, collection, key), out var value)
                && _hashed.GetValueOrDefault((space, collection, HashOf(key))) is { } known
                && known.Value.Span.SequenceEqual(SHA256.HashData(value.Span)) ? value : null;
        }
    }

    /// <summary>The public keys of a namespace that begin with a prefix, in order.</summary>
    public IReadOnlyList<string> Keys(string space, string prefix)
    {
        lock (_gate)
        {
            return [.. _public.Keys.Where(key => key.Namespace == space && key.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key.Key).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The public values of a namespace from one key up to, but not with, another, in order; an empty end is open.</summary>
    public IReadOnlyList<(string Key, Entry Entry)> Range(string space, string from, string to)
    {
        lock (_gate)
        {
            return [.. _public.Where(item => item.Key.Namespace == space && IsWithin(item.Key.Key, from, to)).Select(item => (item.Key.Key, item.Value)).OrderBy(item => item.Key, StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether a key stands in a range.</summary>
    public static bool IsWithin(string key, string from, string to) => string.CompareOrdinal(key, from) >= 0 && (to.Length == 0 || string.CompareOrdinal(key, to) < 0);

    /// <summary>The private keys of a collection that begin with a prefix, in order.</summary>
    public IReadOnlyList<string> PrivateKeys(string space, string collection, string prefix)
    {
        lock (_gate)
        {
            return
            [
                .. _private.Keys
                    .Where(key => key.Namespace == space && key.Collection == collection && key.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(key => key.Key)
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Writes what a valid transaction writes in public.</summary>
    public void Apply(ReadWriteSet writes, ulong block, ulong transaction)
    {
        var version = new KvVersion { BlockNum = block, TxNum = transaction };
        lock (_gate)
        {
            foreach (var space in writes.Namespaces)
            {
                foreach (var write in space.Public.Writes)
                {
                    Put(_public, (space.Name, write.Key), write.IsDelete ? null : new Entry(write.Value, version));
                }

                foreach (var (collection, hashes) in space.Collections)
                {
                    foreach (var write in hashes.Set.HashedWrites)
                    {
                        Put(_hashed, (space.Name, collection, write.KeyHash), write.IsDelete ? null : new Entry(write.ValueHash, version));
                    }
                }
            }
        }
    }

    /// <summary>Keeps a private value; deleting is an empty value whose hash is gone.</summary>
    public void ApplyPrivate(string space, string collection, string key, ByteString? value)
    {
        lock (_gate)
        {
            Put(_private, (space, collection, key), value);
        }
    }

    /// <summary>The hash under which a private key is known in public.</summary>
    public static ByteString HashOf(string key) => ByteString.CopyFrom(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));

    private static void Put<TKey, TValue>(Dictionary<TKey, TValue> map, TKey key, TValue? value)
        where TKey : notnull
        where TValue : class
    {
        if (value is null)
        {
            map.Remove(key);
        }
        else
        {
            map[key] = value;
        }
    }

    /// <summary>A value and the transaction that wrote it.</summary>
    /// <param name="Value">The value, or its hash.</param>
    /// <param name="Version">Block and transaction.</param>
    public sealed record Entry(ByteString Value, KvVersion Version);
}
