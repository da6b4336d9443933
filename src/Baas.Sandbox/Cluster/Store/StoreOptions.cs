using System.Diagnostics;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>How a store is opened.</summary>
internal sealed record StoreOptions
{
    /// <summary>Where the objects are kept; null keeps them in memory only.</summary>
    public string? Folder { get; init; }

    /// <summary>The clock of timestamps.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How many changes a watch can look back; older ones are answered with 410 Gone.</summary>
    public int HistoryLimit { get; init; } = 8192;

    /// <summary>How many changes a slow watch may lag behind before it is ended.</summary>
    public int WatchBacklog { get; init; } = 8192;

    /// <summary>The log's size in bytes above which it is written anew without what is outdated.</summary>
    public long CompactAbove { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long changes may stay in the machine's memory before they are forced to the disk. A killed process loses nothing either way.</summary>
    public TimeSpan SyncAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Told what subscribers throw and what the disk refuses in the background.</summary>
    public Action<Exception> Fault { get; init; } = failure => Trace.TraceError(failure.ToString());
}
