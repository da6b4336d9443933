using System.ComponentModel.DataAnnotations;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>The settings under <c>azure</c>.</summary>
internal sealed class AzureOptions : IValidatableObject
{
    // What Azure takes, less a hyphen and what stands for the tenant.
    private const int LongestContainer = 38;

    /// <summary>The blob service of the storage account: <c>https://account.blob.core.windows.net/</c>. Needed.</summary>
    public string? StorageUri { get; set; }

    /// <summary>The queue service of the same account. The default is <see cref="StorageUri"/> with <c>queue</c> for <c>blob</c>; needed where its name holds no <c>blob</c>.</summary>
    public string? QueueUri { get; set; }

    /// <summary>The container of all records and artifacts; made when it is absent. The default is <c>baas</c>.</summary>
    public string Container { get; set; } = "baas";

    /// <summary>The blob service that backups are copied to, in another region: <c>https://other.blob.core.windows.net/</c>. The containers have the same names. The default is none.</summary>
    public string? CopyStorageUri { get; set; }

    /// <summary>The vault of the master key: <c>https://vault.vault.azure.net/</c>. Needed.</summary>
    public string? KeyVaultUri { get; set; }

    /// <summary>The secret that holds the master key. The default is <c>baas-master-key</c>.</summary>
    public string MasterKeySecret { get; set; } = "baas-master-key";

    /// <summary>The client id of a user-assigned identity. The default is none: the app's own identity, or the developer's own on a desk.</summary>
    public string? IdentityClientId { get; set; }

    /// <summary>Whether clusters are asked with tokens of that identity, in place of the credentials of their kubeconfigs. The default is yes.</summary>
    public bool ClustersTrustEntra { get; set; } = true;

    /// <summary>The queue service that is meant; null when it cannot be told.</summary>
    public string? Queues => QueueUri ?? (StorageUri?.Contains(".blob.", StringComparison.Ordinal) == true ? StorageUri.Replace(".blob.", ".queue.", StringComparison.Ordinal) : null);

    private ValidationResult? Storage => Address("storageUri", StorageUri, "https://{account}.blob.core.windows.net/");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => new[]
    {
        Storage,
        Storage is null || QueueUri is not null ? Address("queueUri", Queues, "https://{account}.queue.core.windows.net/") : null,
        CopyStorageUri is null ? null : Address("copyStorageUri", CopyStorageUri, "https://{account}.blob.core.windows.net/"),
        Address("keyVaultUri", KeyVaultUri, "https://{vault}.vault.azure.net/"),
        Text("container", Container),
        Container.Length > LongestContainer ? new ValidationResult($"setting \"azure:container\" is longer than {LongestContainer} characters; tenants' containers get longer names", ["container"]) : null,
        Text("masterKeySecret", MasterKeySecret),
    }.OfType<ValidationResult>();

    private static ValidationResult? Text(string setting, string? value) =>
        string.IsNullOrWhiteSpace(value) ? new ValidationResult($"setting \"azure:{setting}\" is empty", [setting]) : null;

    private static ValidationResult? Address(string setting, string? value, string example)
    {
        if (Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback))
        {
            return null; // plain HTTP on a loopback address: Azurite on a desk
        }

        var wrong = string.IsNullOrWhiteSpace(value) ? "missing" : $"\"{value}\"";
        return new ValidationResult($"setting \"azure:{setting}\" is {wrong}; it has to be an address like {example}", [setting]);
    }
}
