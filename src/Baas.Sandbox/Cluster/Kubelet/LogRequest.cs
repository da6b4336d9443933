namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Which lines of which container are wanted.</summary>
internal sealed record LogRequest
{
    /// <summary>The pod's uid: a pod of the same name that was made later has logs of its own.</summary>
    public required string PodUid { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>Whether lines that are printed later are wanted too.</summary>
    public bool Follow { get; init; }

    /// <summary>Whether the run before the last restart is meant.</summary>
    public bool Previous { get; init; }

    /// <summary>Whether each line starts with the time at which it was printed.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Only so many lines from the end, or null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>Only lines printed since, or null for all.</summary>
    public DateTimeOffset? Since { get; init; }
}
