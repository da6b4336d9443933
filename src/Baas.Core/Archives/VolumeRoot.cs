namespace Baas.Core.Archives;

/// <summary>What one has to know of a volume's archive to read it; the rest hangs on the names in it.</summary>
public sealed record VolumeRoot
{
    /// <summary>The parts of the list of files, in order.</summary>
    public required IReadOnlyList<string> Index { get; init; }

    /// <summary>SHA-256 over the list of files, lower-case hexadecimal.</summary>
    public required string IndexHash { get; init; }

    /// <summary>How many files and folders there are.</summary>
    public required long Entries { get; init; }

    /// <summary>The bytes of all files.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many parts were sent, since they were not there yet.</summary>
    public long SentParts { get; init; }

    /// <summary>Their bytes as they are stored.</summary>
    public long SentBytes { get; init; }
}
