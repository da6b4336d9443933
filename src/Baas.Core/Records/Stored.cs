using Baas.Core.Storage;

namespace Baas.Core.Records;

/// <summary>A record with the tag of the state that was read: writing it back succeeds only when nobody else has.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
/// <param name="Record">The record.</param>
/// <param name="Tag">Its tag.</param>
public sealed record Stored<TRecord>(TRecord Record, BlobTag Tag);
