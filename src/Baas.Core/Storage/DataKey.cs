namespace Baas.Core.Storage;

/// <summary>A scope's data key as it is stored: wrapped.</summary>
/// <param name="Version">The form of this record and of the secrets; 1.</param>
/// <param name="Id">Tells one data key from another; every secret carries the id of its key.</param>
/// <param name="MasterKeyId">The master key that wrapped it.</param>
/// <param name="Wrapped">The wrapped key.</param>
internal sealed record DataKey(int Version, Guid Id, string MasterKeyId, byte[] Wrapped);
