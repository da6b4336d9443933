using Baas.Core.Archives;
using Baas.Core.Networks;

namespace Baas.Core.Storage.Backups;

/// <summary>
/// Packs and restores what a network is made of apart from its volumes. Secrets are opened and sealed anew with the backups' key, so a backup does not
/// need the network's own data key, which goes with the network.
/// </summary>
internal sealed class NetworkArtifacts(IBlobStore blobs, SecretStore secrets, BackupStore backups)
{
    private const string Secrets = "secrets/";
    private const string Plain = "artifacts/";

    /// <summary>Packs everything.</summary>
    public async Task<VolumeRoot> PackAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        var keys = VolumeKeys.Of(await backups.ReadVolumeKeyAsync(network, BackupNames.Artifacts, cancellationToken));
        using var packer = new ContentPacker(keys, backups.PartsOf(network, BackupNames.Artifacts));
        var scope = ArtifactNames.Secrets(network);
        await foreach (var name in secrets.ListAsync(scope, "", cancellationToken))
        {
            if (await secrets.GetAsync(scope, name, cancellationToken) is { } content)
            {
                await packer.AddAsync(Secrets + name, content, cancellationToken);
            }
        }

        var folder = ArtifactNames.Folder(network);
        await foreach (var name in blobs.ListAsync(folder, null, cancellationToken))
        {
            if (await blobs.GetAsync(name, cancellationToken) is { } blob)
            {
                await packer.AddAsync(Plain + name[folder.Length..], blob.Content, cancellationToken);
            }
        }

        return await packer.FinishAsync(cancellationToken);
    }

    /// <summary>Puts back what is not there; what is there stays, since it may be newer.</summary>
    /// <param name="manifest">The backup.</param>
    /// <param name="network">The network that is restored; it may have another name than the one that the backup is of.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArchiveException">A part is missing or damaged; nothing was put back then.</exception>
    public async Task RestoreAsync(BackupManifest manifest, NetworkReference network, CancellationToken cancellationToken)
    {
        var keys = VolumeKeys.Of(await backups.ReadVolumeKeyAsync(manifest.Network, BackupNames.Artifacts, cancellationToken));
        var contents = await ContentPacker.ReadAsync(keys, backups.PartsOf(manifest.Network, BackupNames.Artifacts), manifest.Artifacts, cancellationToken);
        foreach (var (path, content) in contents)
        {
            if (path.StartsWith(Secrets, StringComparison.Ordinal))
            {
                await secrets.PutIfAbsentAsync(ArtifactNames.Secrets(network), path[Secrets.Length..], content, cancellationToken);
            }
            else
            {
                await AddAsync(ArtifactNames.Folder(network) + path[Plain.Length..], content, cancellationToken);
            }
        }
    }

    private async Task AddAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await blobs.PutAsync(name, content, BlobCondition.Absent, cancellationToken);
        }
        catch (BlobConflictException)
        {
            return; // it is there
        }
    }
}
