namespace Baas.Sandbox.Cluster.Store;

/// <summary>What becomes of the objects that a deleted object owns.</summary>
internal enum DeletePropagation
{
    /// <summary>They are deleted after it.</summary>
    Background,

    /// <summary>They are deleted before it: it stays, marked, until they are gone.</summary>
    Foreground,

    /// <summary>They stay and lose their owner.</summary>
    Orphan,
}
