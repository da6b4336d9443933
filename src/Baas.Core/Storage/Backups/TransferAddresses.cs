using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baas.Core.Archives.Agents;

namespace Baas.Core.Storage.Backups;

/// <summary>Addresses at this service itself, for stores that have none of their own. A token says what may be done where and until when; it is signed with a key of the service.</summary>
internal sealed class TransferAddresses(SecretStore secrets, BackupOptions options, TimeProvider clock) : IPartsAddresses
{
    private const int KeyLength = 32;
    private static readonly SecretScope Scope = new("service/");

    /// <summary>Where the service listens; set when it does.</summary>
    public Uri? Listening { get; set; }

    /// <inheritdoc/>
    public Task<PartsAddress> ForSendingAsync(string folder, TimeSpan lifetime, CancellationToken cancellationToken) =>
        IssueAsync(folder, folder, isSending: true, lifetime, cancellationToken);

    /// <inheritdoc/>
    public Task<PartsAddress> ForReadingAsync(string folder, string? only, TimeSpan lifetime, CancellationToken cancellationToken) =>
        IssueAsync(folder, folder + only, isSending: false, lifetime, cancellationToken);

    /// <summary>Whether a token allows what is asked.</summary>
    /// <param name="token">The token.</param>
    /// <param name="blob">The blob that is to be sent or read.</param>
    /// <param name="isSending">Whether it is to be sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> AllowsAsync(string token, string blob, bool isSending, CancellationToken cancellationToken)
    {
        if (token.Split('.') is not [var content, var signature])
        {
            return false;
        }

        var expected = Encoding.ASCII.GetBytes(SignatureOf(await KeyAsync(cancellationToken), content));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(signature)))
        {
            return false;
        }

        var grant = JsonSerializer.Deserialize<Grant>(Convert.FromHexString(content)) ?? throw new JsonException("null");
        var isWithin = grant.Blob.EndsWith('/') ? blob.StartsWith(grant.Blob, StringComparison.Ordinal) : blob == grant.Blob;
        return isWithin && grant.IsSending == isSending && clock.GetUtcNow() < grant.ExpiresAt;
    }

    private static string SignatureOf(byte[] key, string content) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content)));

    private async Task<PartsAddress> IssueAsync(string folder, string blob, bool isSending, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var address = options.Address ?? Listening
            ?? throw new BackupException("backup-address-missing", "cannot give an agent an address: the service does not listen yet, and the setting \"backups:address\" is missing")
            {
                IsTransient = true, // workflows go on before the service listens
            };
        var expires = clock.GetUtcNow() + lifetime;
        var content = Convert.ToHexStringLower(JsonSerializer.SerializeToUtf8Bytes(new Grant(blob, isSending, expires)));
        var token = $"{content}.{SignatureOf(await KeyAsync(cancellationToken), content)}";
        return new PartsAddress(new Uri(address, $"/api/v1/transfers/{folder}"), $"?token={token}", expires);
    }

    private Task<byte[]> KeyAsync(CancellationToken cancellationToken) =>
        secrets.PutIfAbsentAsync(Scope, "transfers.key", RandomNumberGenerator.GetBytes(KeyLength), cancellationToken);

    /// <summary>What a token allows.</summary>
    /// <param name="Blob">One blob, or with a closing slash all of a folder.</param>
    /// <param name="IsSending">New blobs may be sent; otherwise blobs may be read.</param>
    /// <param name="ExpiresAt">Until when.</param>
    private sealed record Grant(string Blob, bool IsSending, DateTimeOffset ExpiresAt);
}
