namespace Baas.Core.Storage;

/// <summary>A conditional write met a blob in another state.</summary>
/// <param name="name">The blob.</param>
public sealed class BlobConflictException(string name) : StorageException("blob-conflict", $"cannot write blob \"{name}\": it was changed by somebody else");
