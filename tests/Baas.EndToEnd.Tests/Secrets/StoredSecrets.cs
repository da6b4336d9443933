using System.Security.Cryptography;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Files;
using Baas.Core.Storage.Identities;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Secrets;

/// <summary>All keys that a service keeps for a network, decrypted through its own stores.</summary>
internal static class StoredSecrets
{
    /// <summary>Reads them from a data folder that no process has open.</summary>
    /// <returns>Every private key as PEM, and the master and data keys.</returns>
    public static async Task<(IReadOnlyList<string> PrivateKeys, IReadOnlyList<byte[]> SymmetricKeys)> ReadAsync(string dataFolder, NetworkReference network, NetworkSpec spec)
    {
        using var folder = DataFolder.Open(dataFolder);
        await using var services = new ServiceCollection().AddFileStorage(folder).AddStores().BuildServiceProvider();
        var identities = services.GetRequiredService<IdentityStore>();
        List<string> keys = [];
        foreach (var organization in spec.Organizations.Select(organization => organization.Name).Append(spec.Ordering.Organization))
        {
            var authority = await identities.ReadAuthorityAsync(network, organization, CancellationToken.None);
            keys.AddRange([authority.Signing.PrivateKeyPem, authority.Tls.PrivateKeyPem]);
            foreach (var user in new[] { UserIdentity.Admin, UserIdentity.Client })
            {
                if (await identities.FindUserAsync(network, organization, user, CancellationToken.None) is { } identity)
                {
                    keys.AddRange([identity.Signing.PrivateKeyPem, identity.Tls.PrivateKeyPem]);
                }
            }
        }

        foreach (var node in spec.Organizations.SelectMany(organization => organization.PeerNodes()).Concat(spec.Ordering.Orderers()))
        {
            var identity = await identities.ReadNodeAsync(network, node, CancellationToken.None);
            keys.AddRange(new[] { identity.Signing?.PrivateKeyPem, identity.Tls.PrivateKeyPem }.OfType<string>());
        }

        return (keys, [await File.ReadAllBytesAsync(Path.Combine(dataFolder, "master.key")), await DataKeyAsync(services, network)]);
    }

    private static async Task<byte[]> DataKeyAsync(IServiceProvider services, NetworkReference network)
    {
        var name = ArtifactNames.Secrets(network).DataKeyName;
        var blob = await services.GetRequiredService<IBlobStore>().GetAsync(name, CancellationToken.None) ?? throw new CryptographicException("there is no data key");
        return await services.GetRequiredService<IMasterKey>().UnwrapAsync(StorageJson.Read<DataKey>(name, blob.Content.Span).Wrapped, name, CancellationToken.None);
    }
}
