using System.Security.Cryptography;

namespace Baas.Core.Storage;

/// <summary>A master key whose 32 bytes this process holds: from a file, or from a vault that keeps secrets.</summary>
public sealed class AesMasterKey : IMasterKey
{
    private readonly byte[] _key;
    private readonly Guid _id;

    /// <summary>Takes the key's bytes.</summary>
    /// <param name="key">32 random bytes; they are copied.</param>
    /// <exception cref="StorageException">It has another length (<c>master-key-invalid</c>).</exception>
    public AesMasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != SecretBox.KeyLength)
        {
            throw new StorageException("master-key-invalid", $"cannot use master key: it has {key.Length} bytes instead of {SecretBox.KeyLength}");
        }

        _key = key.ToArray();

        // A keyed hash of a constant names the key and tells nothing of it.
        _id = new Guid(HMACSHA256.HashData(_key, "baas master key id"u8)[..16]);
    }

    /// <inheritdoc/>
    public Task<string> GetIdAsync(CancellationToken cancellationToken) => Task.FromResult(_id.ToString());

    /// <inheritdoc/>
    public Task<byte[]> WrapAsync(ReadOnlyMemory<byte> dataKey, string purpose, CancellationToken cancellationToken) =>
        Task.FromResult(SecretBox.Seal(_key, _id, purpose, dataKey.Span));

    /// <inheritdoc/>
    public Task<byte[]> UnwrapAsync(ReadOnlyMemory<byte> wrapped, string purpose, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(SecretBox.Open(_key, purpose, wrapped.Span));
        }
        catch (CryptographicException failure)
        {
            throw new StorageException("secret-unreadable", $"cannot unwrap data key \"{purpose}\": {failure.Message}", failure);
        }
    }
}
