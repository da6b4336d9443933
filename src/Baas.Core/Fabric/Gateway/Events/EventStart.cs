namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>Where events begin.</summary>
/// <param name="Block">The first block.</param>
/// <param name="AfterTransaction">The last transaction of that block whose events were seen already; null: none of it.</param>
public sealed record EventStart(ulong Block, string? AfterTransaction = null)
{
    /// <summary>The channel's first block.</summary>
    public static EventStart Beginning { get; } = new(0);

    /// <summary>After what a checkpoint has; null when it has nothing.</summary>
    public static EventStart? After(ICheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.Position;
    }
}
