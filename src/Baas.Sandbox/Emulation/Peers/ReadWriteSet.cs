using Baas.Core.Fabric.Protos.Ledger.Kvrwset;
using Baas.Core.Fabric.Protos.Ledger.Rwset;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>What a transaction has read and wants to write, taken apart.</summary>
/// <param name="Namespaces">The parts by chaincode.</param>
internal sealed record ReadWriteSet(IReadOnlyList<ReadWriteSet.Space> Namespaces)
{
    /// <summary>Reads the results of a chaincode action.</summary>
    /// <exception cref="InvalidProtocolBufferException">They are malformed.</exception>
    public static ReadWriteSet Parse(ByteString results) => new(
    [
        .. TxReadWriteSet.Parser.ParseFrom(results).NsRwset.Select(space => new Space(
            space.Namespace,
            KVRWSet.Parser.ParseFrom(space.Rwset),
            space.CollectionHashedRwset.ToDictionary(
                collection => collection.CollectionName,
                collection => (HashedRWSet.Parser.ParseFrom(collection.HashedRwset), collection.PvtRwsetHash),
                StringComparer.Ordinal))),
    ]);

    /// <summary>The part of one chaincode.</summary>
    /// <param name="Name">The chaincode's namespace.</param>
    /// <param name="Public">Public reads and writes.</param>
    /// <param name="Collections">Hashed reads and writes of private collections, and the hash of the private set.</param>
    public sealed record Space(string Name, KVRWSet Public, IReadOnlyDictionary<string, (HashedRWSet Set, ByteString PrivateHash)> Collections);
}
