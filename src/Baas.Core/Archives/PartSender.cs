using System.Buffers.Binary;

namespace Baas.Core.Archives;

/// <summary>
/// Names, seals and sends parts, a few side by side; what is there already is not sent. Buffers are used in turn, so memory stays the same however much
/// is sent, and while some parts are sealed and sent the next one is read and named.
/// </summary>
internal sealed class PartSender(VolumeKeys keys, IArchiveParts parts, HashSet<UInt128> known, int parallel)
{
    private readonly Slot[] _slots = [.. Enumerable.Range(0, parallel + 1).Select(_ => new Slot())];
    private int _next;
    private long _sentParts;
    private long _sentBytes;

    /// <summary>How many parts were sent.</summary>
    public long SentParts => Interlocked.Read(ref _sentParts);

    /// <summary>Their bytes as they are stored.</summary>
    public long SentBytes => Interlocked.Read(ref _sentBytes);

    /// <summary>A name as the set of known ones has it: half of it is enough to tell parts apart, and takes half the memory.</summary>
    public static UInt128 ShortOf(string name) => BinaryPrimitives.ReadUInt128BigEndian(Convert.FromHexString(name.AsSpan(0, 32)));

    /// <summary>Room for the next part's content, after waiting for an earlier part when many are under way.</summary>
    public async ValueTask<Memory<byte>> NextAsync()
    {
        await _slots[_next].UnderWay;
        return _slots[_next].Content;
    }

    /// <summary>Begins to send what was put into the room that <see cref="NextAsync"/> gave.</summary>
    /// <param name="length">How many bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its name.</returns>
    public string Send(int length, CancellationToken cancellationToken)
    {
        var slot = _slots[_next];
        var name = keys.NameOf(slot.Content.AsSpan(0, length));
        if (known.Add(ShortOf(name)))
        {
            slot.UnderWay = Task.Run(() => SendAsync(name, slot, length, cancellationToken), cancellationToken);
            _next = (_next + 1) % _slots.Length;
        }

        return name;
    }

    /// <summary>Begins to send a part that is in memory.</summary>
    /// <param name="content">What it holds; free again when the call returns.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its name.</returns>
    public async Task<string> SendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        content.CopyTo(await NextAsync());
        return Send(content.Length, cancellationToken);
    }

    /// <summary>Waits until all parts are stored.</summary>
    public Task FinishAsync() => Task.WhenAll(_slots.Select(slot => slot.UnderWay));

    private async Task SendAsync(string name, Slot slot, int length, CancellationToken cancellationToken)
    {
        var sealedLength = PartBox.Seal(keys, name, slot.Content.AsSpan(0, length), slot.Packed, slot.Box);
        if (await parts.PutAsync(PartNames.Chunk(name), slot.Box.AsMemory(0, sealedLength), cancellationToken))
        {
            Interlocked.Increment(ref _sentParts);
            Interlocked.Add(ref _sentBytes, sealedLength);
        }
    }

    private sealed class Slot
    {
        public byte[] Content { get; } = GC.AllocateUninitializedArray<byte>(PartBox.MaxContent);

        public byte[] Packed { get; } = GC.AllocateUninitializedArray<byte>(PartBox.MaxContent);

        public byte[] Box { get; } = GC.AllocateUninitializedArray<byte>(PartBox.MaxLength);

        public Task UnderWay { get; set; } = Task.CompletedTask;
    }
}
