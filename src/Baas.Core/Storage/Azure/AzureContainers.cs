using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace Baas.Core.Storage.Azure;

/// <summary>
/// Which container a blob is in. An address for agents opens a whole container, so what they send and fetch is in one of their tenant's: no record, no key, no manifest and no
/// other tenant's blob is there.
/// </summary>
internal static class AzureContainers
{
    private const string Backups = "backups/";
    private const int TenantAt = 1;
    private const int KindAt = 3;

    /// <summary>The container of a blob, or of the blobs of a folder.</summary>
    /// <param name="main">The container of all else.</param>
    /// <param name="name">The blob's or the folder's name, such as <c>backups/acme/first/volumes/…</c>.</param>
    public static BlobContainerClient Of(BlobContainerClient main, string name) =>
        name.Split('/') is { Length: > KindAt } parts && name.StartsWith(Backups, StringComparison.Ordinal) && parts[KindAt] is "volumes" or "artifacts"
            ? OfTenant(main, parts[TenantAt])
            : main;

    /// <summary>The containers that have blobs of a prefix.</summary>
    public static IReadOnlyList<BlobContainerClient> OfPrefix(BlobContainerClient main, string prefix)
    {
        var own = Of(main, prefix);
        return own != main ? [own] : prefix.Split('/') is { Length: > TenantAt + 1 } parts && prefix.StartsWith(Backups, StringComparison.Ordinal) ? [main, OfTenant(main, parts[TenantAt])] : [main];
    }

    // Containers may not have two hyphens in a row, and tenants may. What is hashed is longer than any tenant's name.
    private static BlobContainerClient OfTenant(BlobContainerClient main, string tenant)
    {
        var name = tenant.Contains("--", StringComparison.Ordinal) ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)))[..24] : tenant;
        return main.GetParentBlobServiceClient().GetBlobContainerClient($"{main.Name}-{name}");
    }
}
