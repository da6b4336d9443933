using System.Buffers.Binary;
using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>The blocks of one channel in one file that only grows. A block that was acknowledged is on disk; a torn tail is cut off when the file is opened.</summary>
internal sealed class BlockStore : IDisposable
{
    private const int ChecksumLength = 8;
    private const int PrefixLength = sizeof(int) + ChecksumLength;

    private readonly FileStream _file;
    private readonly List<(long Offset, int Length)> _index = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens or makes the store.</summary>
    /// <param name="folder">Where the file lies.</param>
    public BlockStore(string folder)
    {
        Directory.CreateDirectory(folder);
        _file = new FileStream(Path.Combine(folder, "blocks"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        Scan();
        Last = _index.Count == 0 ? null : Read((ulong)_index.Count - 1);
    }

    /// <summary>Whether a folder holds no block: what a crash leaves behind before the first one is written.</summary>
    public static bool IsEmpty(string folder)
    {
        using var store = new BlockStore(folder);
        return store.Height == 0;
    }

    /// <summary>How many blocks there are.</summary>
    public ulong Height
    {
        get
        {
            lock (_gate)
            {
                return (ulong)_index.Count;
            }
        }
    }

    /// <summary>The newest block, or null.</summary>
    public Block? Last { get; private set; }

    /// <summary>Appends the next block; it is on disk when this returns.</summary>
    /// <param name="block">The block.</param>
    /// <param name="written">Runs when the block is on disk and before anybody sees it.</param>
    /// <exception cref="EmulationException">The block does not follow the newest one, or the disk refuses.</exception>
    public void Append(Block block, Action? written = null)
    {
        var body = block.ToByteArray();
        var record = new byte[PrefixLength + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, body.Length);
        SHA256.HashData(body).AsSpan(0, ChecksumLength).CopyTo(record.AsSpan(sizeof(int)));
        body.CopyTo(record, PrefixLength);
        lock (_gate)
        {
            Blocks.DemandLink(block, Last?.Header);
            Write(record);
            written?.Invoke();
            _index.Add((_file.Position - body.Length, body.Length));
            Last = block;
            _grown.SetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Reads a block that is there.</summary>
    public Block Read(ulong number)
    {
        lock (_gate)
        {
            if (Last is not null && Last.Header.Number == number)
            {
                return Last;
            }

            var (offset, length) = _index[(int)number];
            var body = new byte[length];
            RandomAccess.Read(_file.SafeFileHandle, body, offset);
            return Block.Parser.ParseFrom(body);
        }
    }

    /// <summary>Waits until the block is there.</summary>
    public async Task<Block> ReadAsync(ulong number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                grown = _grown.Task;
                if (number < (ulong)_index.Count)
                {
                    return Read(number);
                }
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _file.Dispose();
        }
    }

    private void Write(byte[] record)
    {
        var start = _file.Position;
        try
        {
            _file.Write(record);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException failure)
        {
            _file.SetLength(start);
            _file.Position = start;
            throw new EmulationException($"cannot append block: {failure.Message}", failure);
        }
    }

    private void Scan()
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        var offset = 0L;
        while (_file.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false) == PrefixLength)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
            if (length <= 0 || length > _file.Length - offset - PrefixLength)
            {
                break;
            }

            var body = new byte[length];
            _file.ReadExactly(body);
            if (!SHA256.HashData(body).AsSpan(0, ChecksumLength).SequenceEqual(prefix[sizeof(int)..]))
            {
                break;
            }

            _index.Add((offset + PrefixLength, length));
            offset += PrefixLength + length;
        }

        _file.SetLength(offset);
        _file.Position = offset;
    }
}
