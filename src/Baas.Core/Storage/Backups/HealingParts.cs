using System.Collections.Concurrent;
using Baas.Core.Archives;

namespace Baas.Core.Storage.Backups;

/// <summary>
/// The parts of one volume's archives, of which a second store has copies: what is missing or damaged is read from there, and put back when it is what its name
/// stands for. What both lack is given as it is, and named by whoever reads it.
/// </summary>
/// <param name="keys">The volume's keys.</param>
/// <param name="first">Where parts belong.</param>
/// <param name="second">Where their copies are.</param>
/// <param name="isReadOnly">Whether nothing is put back.</param>
internal sealed class HealingParts(VolumeKeys keys, BlobParts first, BlobParts second, bool isReadOnly = false) : IArchiveParts
{
    private readonly ConcurrentQueue<string> _healed = [];

    /// <summary>What was put back, with the reason.</summary>
    public IReadOnlyCollection<string> Healed => _healed;

    /// <inheritdoc/>
    public Task<bool> PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => first.PutAsync(name, content, cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var here = await first.GetAsync(name, cancellationToken);
        if (FaultOf(name, here) is not { } fault || await FindCopyAsync(name, cancellationToken) is not { } copy)
        {
            return here;
        }

        if (!isReadOnly)
        {
            await first.ReplaceAsync(name, copy, cancellationToken);
            _healed.Enqueue(fault);
        }

        return copy;
    }

    private async Task<byte[]?> FindCopyAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await second.GetAsync(name, cancellationToken) is { } copy && FaultOf(name, copy) is null ? copy : null;
        }
        catch (StorageException)
        {
            return null; // the second store does not answer: the fault is told as it would be without one
        }
    }

    private string? FaultOf(string name, byte[]? part)
    {
        var content = name[PartNames.Chunks.Length..];
        try
        {
            PartBox.OpenNamed(keys, content, part ?? throw ArchiveException.Missing(content));
            return null;
        }
        catch (ArchiveException failure)
        {
            return failure.Message;
        }
    }
}
