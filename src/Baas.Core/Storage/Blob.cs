namespace Baas.Core.Storage;

/// <summary>A blob's content and the tag of that content.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Tag">Changes with every write.</param>
public sealed record Blob(ReadOnlyMemory<byte> Content, BlobTag Tag);
