namespace Baas.Sandbox.Cluster.Store;

/// <summary>What has happened to an object.</summary>
internal enum ChangeType
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It has changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,
}
