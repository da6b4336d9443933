using System.Buffers.Binary;

namespace Baas.Core.Archives;

/// <summary>Names, seals and sends parts, a few side by side; what is there already is not sent. Memory stays the same however much is sent.</summary>
internal sealed class PartSender(VolumeKeys keys, IArchiveParts parts, HashSet<UInt128> known, int parallel)
{
    private readonly Queue<Task> _underWay = new();
    private long _sentParts;
    private long _sentBytes;

    /// <summary>How many parts were sent.</summary>
    public long SentParts => Interlocked.Read(ref _sentParts);

    /// <summary>Their bytes as they are stored.</summary>
    public long SentBytes => Interlocked.Read(ref _sentBytes);

    /// <summary>A name as the set of known ones has it: half of it is enough to tell parts apart, and takes half the memory.</summary>
    public static UInt128 ShortOf(string name) => BinaryPrimitives.ReadUInt128BigEndian(Convert.FromHexString(name.AsSpan(0, 32)));

    /// <summary>Begins to send a part, after waiting for an earlier one when many are under way.</summary>
    /// <param name="content">What it holds; belongs to the sender from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its name.</returns>
    public async Task<string> SendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var name = keys.NameOf(content.Span);
        if (known.Add(ShortOf(name)))
        {
            while (_underWay.Count >= parallel)
            {
                await _underWay.Dequeue();
            }

            _underWay.Enqueue(Task.Run(() => SendAsync(name, content, cancellationToken), cancellationToken));
        }

        return name;
    }

    /// <summary>Waits until all parts are stored.</summary>
    public async Task FinishAsync()
    {
        await Task.WhenAll(_underWay);
        _underWay.Clear();
    }

    private async Task SendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var box = PartBox.Seal(keys, name, content.Span);
        if (await parts.PutAsync(PartNames.Chunk(name), box, cancellationToken))
        {
            Interlocked.Increment(ref _sentParts);
            Interlocked.Add(ref _sentBytes, box.Length);
        }
    }
}
