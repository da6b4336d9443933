using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;

namespace Baas.Core.Operations.Access;

/// <summary>Makes, checks and revokes API keys. A key is <c>baas_{id}_{secret}</c>; only the secret's hash is stored.</summary>
public sealed class ApiKeys(RecordStore records, TimeProvider clock)
{
    private const string Prefix = "baas_";
    private const int SecretBytes = 32;
    private const int IdLength = 16;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes a key. The answer is the only place where it ever stands.</summary>
    /// <param name="role">What it may do.</param>
    /// <param name="tenant">For which tenant; null for <see cref="Role.Admin"/> only.</param>
    /// <param name="description">What it is for, for people.</param>
    /// <param name="validity">How long it works; null for ever.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IssuedApiKey> CreateAsync(Role role, TenantName? tenant, string description, TimeSpan? validity, CancellationToken cancellationToken)
    {
        if (role == Role.Admin != tenant is null)
        {
            throw new RefusedException(RefusalKind.Invalid, "role-invalid", "cannot create API key: an admin key is for all tenants, every other key for one");
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = clock.GetUtcNow();
        var record = new ApiKeyRecord
        {
            Id = id,
            SecretHash = HashOf(secret),
            Role = role,
            Tenant = tenant,
            Description = description,
            CreatedAt = now,
            ExpiresAt = now + validity,
        };
        await records.PutAsync(RecordNames.ApiKey(id), record, BlobCondition.Absent, cancellationToken);
        return new IssuedApiKey(record, $"{Prefix}{id}_{secret}");
    }

    /// <summary>Who shows this key; null when it is none that works.</summary>
    public async Task<Caller?> AuthenticateAsync(string key, CancellationToken cancellationToken)
    {
        // The id is hexadecimal before it becomes part of a blob's name.
        if (!key.StartsWith(Prefix, StringComparison.Ordinal)
            || key.Length is < 40 or > 128
            || key[Prefix.Length + IdLength] != '_'
            || key.AsSpan(Prefix.Length, IdLength).ContainsAnyExcept(Hexadecimal))
        {
            return null;
        }

        var id = key.Substring(Prefix.Length, IdLength);
        var stored = await records.GetAsync<ApiKeyRecord>(RecordNames.ApiKey(id), cancellationToken);
        return stored is { Record: var record }
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(key[(Prefix.Length + IdLength + 1)..])), Encoding.ASCII.GetBytes(record.SecretHash))
            && (record.ExpiresAt is not { } expiry || clock.GetUtcNow() < expiry)
                ? new Caller($"key:{record.Id}", record.Role, record.Tenant)
                : null;
    }

    /// <summary>A tenant's keys, without their secrets.</summary>
    public async Task<IReadOnlyList<ApiKeyRecord>> ListAsync(TenantName tenant, CancellationToken cancellationToken)
    {
        List<ApiKeyRecord> keys = [];
        await foreach (var (_, stored) in records.ListAsync<ApiKeyRecord>(RecordNames.ApiKeys, null, cancellationToken))
        {
            if (stored.Record.Tenant == tenant)
            {
                keys.Add(stored.Record);
            }
        }

        return keys;
    }

    /// <summary>Makes a tenant's key stop to work.</summary>
    /// <exception cref="RefusedException"><c>api-key-not-found</c>.</exception>
    public async Task RevokeAsync(TenantName tenant, string id, CancellationToken cancellationToken)
    {
        var isId = id.Length == IdLength && !id.AsSpan().ContainsAnyExcept(Hexadecimal);
        if (!isId || await records.GetAsync<ApiKeyRecord>(RecordNames.ApiKey(id), cancellationToken) is not { } stored || stored.Record.Tenant != tenant)
        {
            throw new RefusedException(RefusalKind.NotFound, "api-key-not-found", "cannot find the API key");
        }

        await records.DeleteAsync(RecordNames.ApiKey(id), BlobCondition.None, cancellationToken);
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
