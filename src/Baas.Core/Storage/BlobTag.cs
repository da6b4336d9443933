namespace Baas.Core.Storage;

/// <summary>Tells one state of a blob from another (an ETag).</summary>
/// <param name="Value">Opaque text.</param>
public readonly record struct BlobTag(string Value);
