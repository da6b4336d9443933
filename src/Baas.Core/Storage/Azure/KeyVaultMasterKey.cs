using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Baas.Core.Storage.Azure;

/// <summary>
/// The master key of an Azure deployment: a secret of a Key Vault whose value is 32 random bytes in base64. A new version of the secret wraps from the
/// next start on; what earlier versions wrapped stays readable as long as they are enabled. The bytes are read once and kept in memory.
/// </summary>
/// <param name="vault">The vault; its client brings credentials and retries.</param>
/// <param name="secret">The secret's name.</param>
public sealed class KeyVaultMasterKey(SecretClient vault, string secret) : IMasterKey
{
    private readonly ConcurrentDictionary<string, AesMasterKey> _versions = new(StringComparer.Ordinal);
    private volatile AesMasterKey? _current;

    /// <inheritdoc/>
    /// <exception cref="StorageException">The vault does not answer (<c>master-key-unavailable</c>), refuses (<c>master-key-refused</c>), or has no such secret (<c>master-key-missing</c>).</exception>
    public async Task<string> GetIdAsync(CancellationToken cancellationToken) => await (await CurrentAsync(cancellationToken)).GetIdAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]> WrapAsync(ReadOnlyMemory<byte> dataKey, string purpose, CancellationToken cancellationToken) =>
        await (await CurrentAsync(cancellationToken)).WrapAsync(dataKey, purpose, cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]> UnwrapAsync(ReadOnlyMemory<byte> wrapped, string purpose, CancellationToken cancellationToken)
    {
        var key = await FindAsync(WrapperOf(wrapped, purpose), cancellationToken) ?? await CurrentAsync(cancellationToken);
        return await key.UnwrapAsync(wrapped, purpose, cancellationToken);
    }

    private static string WrapperOf(ReadOnlyMemory<byte> wrapped, string purpose)
    {
        try
        {
            return SecretBox.KeyIdOf(wrapped.Span).ToString();
        }
        catch (CryptographicException failure)
        {
            throw new StorageException("secret-unreadable", $"cannot unwrap data key \"{purpose}\": {failure.Message}", failure);
        }
    }

    private async Task<AesMasterKey> CurrentAsync(CancellationToken cancellationToken) => _current ??= await ReadAsync(null, cancellationToken);

    /// <summary>The version of this id; null when no enabled version has it.</summary>
    private async Task<AesMasterKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await IsAsync(await CurrentAsync(cancellationToken), id, cancellationToken))
        {
            return _current;
        }

        await using var versions = vault.GetPropertiesOfSecretVersionsAsync(secret, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await CallAsync(async () => await versions.MoveNextAsync()))
        {
            if (versions.Current is { Enabled: not false, Version: { } version } && await VersionAsync(version, cancellationToken) is var key && await IsAsync(key, id, cancellationToken))
            {
                return key;
            }
        }

        return null;
    }

    private static async Task<bool> IsAsync(AesMasterKey key, string id, CancellationToken cancellationToken) => await key.GetIdAsync(cancellationToken) == id;

    private async Task<AesMasterKey> VersionAsync(string version, CancellationToken cancellationToken) =>
        _versions.TryGetValue(version, out var known) ? known : _versions[version] = await ReadAsync(version, cancellationToken);

    private async Task<AesMasterKey> ReadAsync(string? version, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(async () => await vault.GetSecretAsync(secret, version, cancellationToken: cancellationToken));
        var bytes = new byte[SecretBox.KeyLength];
        if (!Convert.TryFromBase64String(answer.Value.Value ?? "", bytes, out var length) || length != bytes.Length)
        {
            throw new StorageException("master-key-invalid", $"cannot use master key \"{secret}\" of {vault.VaultUri}: its value has to be {bytes.Length} bytes in base64");
        }

        AesMasterKey key = new(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException { InnerException: RequestFailedException })
        {
            throw Explain(failure);
        }
    }

    private StorageException Explain(Exception failure)
    {
        var request = failure as RequestFailedException ?? failure.InnerException as RequestFailedException;
        var what = $"cannot read master key \"{secret}\" of {vault.VaultUri}";
        return request switch
        {
            { Status: 404 } => new("master-key-missing", $"{what}: there is no such secret, or it is deleted; nothing that was encrypted with it can be read before it is recovered", failure),
            null or { Status: 0 or 408 or 429 or >= 500 } => new("master-key-unavailable", $"{what}: the vault does not answer", failure) { IsTransient = true },
            _ => new("master-key-refused", $"{what}: the vault answers {request.Status} {request.ErrorCode}; the identity needs the role \"Key Vault Secrets User\"", failure),
        };
    }
}
