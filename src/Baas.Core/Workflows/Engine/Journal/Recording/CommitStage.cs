namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>Where around a commit the writer is.</summary>
internal enum CommitStage
{
    /// <summary>Nothing of the batch is in the file.</summary>
    Before,

    /// <summary>All of the batch is in the file; nobody has been told.</summary>
    After,
}
