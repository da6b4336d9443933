using System.Collections.Concurrent;
using Baas.Core.Archives;

namespace Baas.Core.Tests.Archives;

/// <summary>Parts in memory, which can be spoiled and can refuse.</summary>
internal sealed class MemoryParts : IArchiveParts
{
    private readonly Lock _lock = new();

    public ConcurrentDictionary<string, byte[]> All { get; } = new(StringComparer.Ordinal);

    /// <summary>After so many writes the store refuses; null for never.</summary>
    public int? Room { get; set; }

    /// <summary>The names of the parts that are named by their content.</summary>
    public IEnumerable<string> Chunks => All.Keys.Where(name => name.StartsWith(PartNames.Chunks, StringComparison.Ordinal)).Select(name => name[PartNames.Chunks.Length..]);

    public Task<bool> PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // Several parts are sent at once; the room counts for all of them together.
        lock (_lock)
        {
            return Room is { } room && All.Count >= room
                ? throw new ArchiveException("archive-refused", $"cannot send part \"{name}\": the store is full")
                : Task.FromResult(All.TryAdd(name, content.ToArray()));
        }
    }

    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(All.GetValueOrDefault(name));
}
