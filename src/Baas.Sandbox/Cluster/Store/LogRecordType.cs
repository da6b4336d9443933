namespace Baas.Sandbox.Cluster.Store;

/// <summary>What a record of the log says. The values are on disk.</summary>
internal enum LogRecordType
{
    /// <summary>The head of a file: nothing but a revision.</summary>
    Head = 1,

    /// <summary>An object is there in this version.</summary>
    Put = 2,

    /// <summary>An object is gone.</summary>
    Delete = 3,
}
