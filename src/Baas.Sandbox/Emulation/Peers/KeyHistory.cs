using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Ledger;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Where public values of a channel were written by valid transactions. What was written stands in the blocks.</summary>
internal sealed class KeyHistory(BlockStore blocks)
{
    private readonly Dictionary<(string Namespace, string Key), List<(ulong Block, int Index)>> _writes = [];
    private readonly Lock _gate = new();

    /// <summary>Remembers what a valid transaction has written.</summary>
    public void Apply(ReadWriteSet writes, ulong block, int index)
    {
        lock (_gate)
        {
            foreach (var (space, key) in writes.Namespaces.SelectMany(space => space.Public.Writes.Select(write => (space.Name, write.Key))))
            {
                if (!_writes.TryGetValue((space, key), out var places))
                {
                    _writes[(space, key)] = places = [];
                }

                places.Add((block, index));
            }
        }
    }

    /// <summary>What became of a key, newest first.</summary>
    public IReadOnlyList<Change> Of(string space, string key)
    {
        (ulong Block, int Index)[] places;
        lock (_gate)
        {
            places = [.. _writes.GetValueOrDefault((space, key), [])];
        }

        return [.. places.Reverse().Select(place => Read(place.Block, place.Index, space, key))];
    }

    private Change Read(ulong block, int index, string space, string key)
    {
        var transaction = TransactionReader.Read(Envelope.Parser.ParseFrom(blocks.Read(block).Data.Data[index]))
            ?? throw new EmulationException($"cannot read transaction {index} of block {block}");
        var write = ReadWriteSet.Parse(transaction.Action.Results).Namespaces.First(set => set.Name == space).Public.Writes.First(write => write.Key == key);
        return new Change(transaction.Channel.TxId, transaction.Channel.Timestamp, write.IsDelete ? null : write.Value);
    }

    /// <summary>What one transaction has made of a key.</summary>
    /// <param name="Transaction">The transaction's id.</param>
    /// <param name="Time">When its client says that it made it.</param>
    /// <param name="Value">The value; null when it was deleted.</param>
    public sealed record Change(string Transaction, Timestamp Time, ByteString? Value);
}
