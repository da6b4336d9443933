using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baas.Core.Archives;
using Baas.Core.Networks;

namespace Baas.Core.Storage.Backups;

/// <summary>
/// Keys, manifests and parts of backups. A network has one key for all of them, made at its first backup and wrapped by the master key; each volume's
/// keys, and the one that signs manifests, come from it.
/// </summary>
internal sealed class BackupStore(IBlobStore blobs, SecretStore secrets)
{
    private const int KeyLength = 32;
    private const string KeyName = "backup.key";

    /// <summary>The key of a network's backups, made when there is none.</summary>
    /// <exception cref="StorageException">Another master key has wrapped it (<c>secret-unreadable</c>), or the store could not be asked.</exception>
    public Task<byte[]> EnsureKeyAsync(NetworkReference network, CancellationToken cancellationToken) =>
        secrets.PutIfAbsentAsync(BackupNames.Keys(network), KeyName, RandomNumberGenerator.GetBytes(KeyLength), cancellationToken);

    /// <summary>Whether the network's backups have a key.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public async Task<bool> HasKeyAsync(NetworkReference network, CancellationToken cancellationToken) => await secrets.GetAsync(BackupNames.Keys(network), KeyName, cancellationToken) is not null;

    /// <summary>The key of one volume of a network.</summary>
    /// <exception cref="BackupException">The network has no backups (<c>backup-key-missing</c>).</exception>
    public async Task<byte[]> ReadVolumeKeyAsync(NetworkReference network, string volume, CancellationToken cancellationToken) =>
        VolumeKeys.KeyOf(await ReadKeyAsync(network, cancellationToken), volume);

    /// <summary>The parts of one volume.</summary>
    public BlobParts PartsOf(NetworkReference network, string volume) => new(blobs, BackupNames.Parts(network, volume));

    /// <summary>Keeps what is known of a packed volume until its backup is whole. Sealed, since it becomes part of what is signed.</summary>
    public async Task NoteVolumeAsync(NetworkReference network, BackupId backup, BackedUpVolume volume, CancellationToken cancellationToken)
    {
        var name = NoteOf(network, backup, BackupNames.Volume(volume.Node, volume.Role));
        var note = PartBox.Seal(await NoteKeysAsync(network, cancellationToken), name, JsonSerializer.SerializeToUtf8Bytes(volume, NetworkJson.Options));
        await blobs.PutAsync(name, note, BlobCondition.None, cancellationToken);
    }

    /// <summary>What <see cref="NoteVolumeAsync"/> has kept.</summary>
    /// <exception cref="ArchiveException">It is missing or damaged.</exception>
    public async Task<BackedUpVolume> ReadNotedVolumeAsync(NetworkReference network, BackupId backup, string volume, CancellationToken cancellationToken)
    {
        var name = NoteOf(network, backup, volume);
        var note = await blobs.GetAsync(name, cancellationToken) ?? throw ArchiveException.Missing(name);
        var content = PartBox.Open(await NoteKeysAsync(network, cancellationToken), name, note.Content.Span);
        return JsonSerializer.Deserialize<BackedUpVolume>(content, NetworkJson.Options) ?? throw ArchiveException.Damaged(name, "it is empty");
    }

    /// <summary>Signs and stores a manifest: its last line is the signature of all before it.</summary>
    public async Task WriteManifestAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        var key = await ReadKeyAsync(manifest.Network, cancellationToken);
        var content = JsonSerializer.SerializeToUtf8Bytes(manifest with { KeyId = KeyIdOf(key) }, NetworkJson.Options);
        byte[] signed = [.. content, (byte)'\n', .. Encoding.ASCII.GetBytes(SignatureOf(key, content))];
        await blobs.PutAsync(BackupNames.Manifest(manifest.Network, manifest.Id), signed, BlobCondition.None, cancellationToken);
    }

    /// <summary>A manifest whose signature is right.</summary>
    /// <exception cref="BackupException"><c>backup-manifest-missing</c>, <c>backup-manifest-damaged</c>, <c>backup-key-missing</c>, <c>backup-key-wrong</c>.</exception>
    public async Task<BackupManifest> ReadManifestAsync(NetworkReference network, BackupId backup, CancellationToken cancellationToken) =>
        await OpenManifestAsync(network, backup, await blobs.GetAsync(BackupNames.Manifest(network, backup), cancellationToken), cancellationToken);

    /// <summary>What a manifest's blob holds, wherever it was read, when this store's key of the network has signed it for that backup.</summary>
    /// <exception cref="BackupException"><c>backup-manifest-missing</c>, <c>backup-manifest-damaged</c>, <c>backup-key-missing</c>, <c>backup-key-wrong</c>.</exception>
    public async Task<BackupManifest> OpenManifestAsync(NetworkReference network, BackupId backup, Blob? signed, CancellationToken cancellationToken)
    {
        var name = BackupNames.Manifest(network, backup);
        var content = signed?.Content ?? throw new BackupException("backup-manifest-missing", $"cannot read backup \"{backup}\": its manifest is not there");
        var key = await ReadKeyAsync(network, cancellationToken);
        return Open(name, content.Span, key) is { } manifest && manifest.Id == backup && manifest.Network == network
            ? manifest
            : throw Damaged(name, "it is that of another backup");
    }

    /// <summary>The backups that have a manifest.</summary>
    public async IAsyncEnumerable<BackupId> ListAsync(NetworkReference network, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = BackupNames.Manifests(network);
        await foreach (var name in blobs.ListAsync(folder, null, cancellationToken))
        {
            yield return BackupId.Parse(name[folder.Length..^".json".Length]);
        }
    }

    /// <summary>Forgets a backup; its parts go with the next collection.</summary>
    public Task DeleteManifestAsync(NetworkReference network, BackupId backup, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(BackupNames.Manifest(network, backup), BlobCondition.None, cancellationToken);

    /// <summary>Says that parts are being collected until then, so that no backup begins that counts on them; null: no longer.</summary>
    public Task MarkCollectionAsync(NetworkReference network, DateTimeOffset? until, CancellationToken cancellationToken) => until is { } end
        ? blobs.PutAsync(BackupNames.Collecting(network), JsonSerializer.SerializeToUtf8Bytes(end), BlobCondition.None, cancellationToken)
        : blobs.DeleteAsync(BackupNames.Collecting(network), BlobCondition.None, cancellationToken);

    /// <summary>Until when parts are being collected; null when they are not.</summary>
    public async Task<DateTimeOffset?> FindCollectionAsync(NetworkReference network, CancellationToken cancellationToken) =>
        await blobs.GetAsync(BackupNames.Collecting(network), cancellationToken) is { } mark ? JsonSerializer.Deserialize<DateTimeOffset>(mark.Content.Span) : null;

    private static string NoteOf(NetworkReference network, BackupId backup, string volume) => $"{BackupNames.Notes(network)}{backup}/{volume}";

    private async Task<VolumeKeys> NoteKeysAsync(NetworkReference network, CancellationToken cancellationToken) =>
        VolumeKeys.Of(await ReadVolumeKeyAsync(network, "notes", cancellationToken));

    private static BackupManifest? Open(string name, ReadOnlySpan<byte> signed, byte[] key)
    {
        var end = signed.LastIndexOf((byte)'\n');
        if (end < 0)
        {
            throw Damaged(name, "it has no signature");
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(SignatureOf(key, signed[..end])), signed[(end + 1)..]))
        {
            throw NotSigned(name, signed[..end], KeyIdOf(key));
        }

        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(signed[..end], NetworkJson.Options);
        }
        catch (JsonException failure)
        {
            throw Damaged(name, "it is no manifest", failure);
        }
    }

    // Of what nobody vouches for nothing is read but which key is said to have signed it.
    private static BackupException NotSigned(string name, ReadOnlySpan<byte> content, string keyId)
    {
        try
        {
            return JsonSerializer.Deserialize<Claim>(content, NetworkJson.Options) is { KeyId: { } other } && other != keyId
                ? new BackupException("backup-key-wrong", $"cannot read manifest \"{name}\": it was signed with key {other}, and the network's is {keyId}")
                : Damaged(name, "its signature is wrong");
        }
        catch (JsonException failure)
        {
            return Damaged(name, "it is no manifest", failure);
        }
    }

    private static BackupException Damaged(string name, string why, Exception? cause = null) => new("backup-manifest-damaged", $"cannot read manifest \"{name}\": {why}", cause);

    private static string SignatureOf(byte[] key, ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(VolumeKeys.KeyOf(key, "manifests"), content));

    private static string KeyIdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(VolumeKeys.KeyOf(key, "key id")))[..16];

    private async Task<byte[]> ReadKeyAsync(NetworkReference network, CancellationToken cancellationToken) =>
        await secrets.GetAsync(BackupNames.Keys(network), KeyName, cancellationToken)
        ?? throw new BackupException("backup-key-missing", $"cannot read backups of {network}: their key is not there");

    private sealed record Claim(string? KeyId);
}
