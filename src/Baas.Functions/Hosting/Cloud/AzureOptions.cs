using System.ComponentModel.DataAnnotations;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>The settings under <c>azure</c>.</summary>
internal sealed class AzureOptions : IValidatableObject
{
    // What Azure takes, less a hyphen and what stands for the tenant.
    private const int LongestContainer = 38;

    /// <summary>The blob service of the storage account: <c>https://account.blob.core.windows.net/</c>. Needed.</summary>
    public string? StorageUri { get; set => field = Given(value); }

    /// <summary>The queue service of the same account. The default is <see cref="StorageUri"/> with <c>queue</c> for <c>blob</c>; needed where its name holds no <c>blob</c>.</summary>
    public string? QueueUri { get; set => field = Given(value); }

    /// <summary>
    /// For development alone: the connection string of a storage account on this machine, such as <c>UseDevelopmentStorage=true</c> for Azurite. It takes the place of
    /// <see cref="StorageUri"/> and <see cref="QueueUri"/>, and <see cref="DevelopmentKeyFile"/> that of the vault. The default is none.
    /// </summary>
    public string? DevelopmentStorage { get; set => field = Given(value); }

    /// <summary>For development alone: the file of the master key; made when it is absent. The default is <c>development.key</c> in the app's folder.</summary>
    public string DevelopmentKeyFile { get; set; } = "development.key";

    /// <summary>The container of all records and artifacts; made when it is absent. The default is <c>baas</c>.</summary>
    public string Container { get; set; } = "baas";

    /// <summary>The blob service that backups are copied to, in another region: <c>https://other.blob.core.windows.net/</c>. The containers have the same names. The default is none.</summary>
    public string? CopyStorageUri { get; set => field = Given(value); }

    /// <summary>The vault of the master key: <c>https://vault.vault.azure.net/</c>. Needed.</summary>
    public string? KeyVaultUri { get; set => field = Given(value); }

    /// <summary>The secret that holds the master key. The default is <c>baas-master-key</c>.</summary>
    public string MasterKeySecret { get; set; } = "baas-master-key";

    /// <summary>The client id of a user-assigned identity. The default is none: the app's own identity, or the developer's own on a desk.</summary>
    public string? IdentityClientId { get; set => field = Given(value); }

    /// <summary>Whether clusters are asked with tokens of that identity, in place of the credentials of their kubeconfigs. The default is yes.</summary>
    public bool ClustersTrustEntra { get; set; } = true;

    /// <summary>The queue service that is meant; null when it cannot be told.</summary>
    public string? Queues => QueueUri ?? (StorageUri?.Contains(".blob.", StringComparison.Ordinal) == true ? StorageUri.Replace(".blob.", ".queue.", StringComparison.Ordinal) : null);

    private ValidationResult? Storage => Address("storageUri", StorageUri, "https://{account}.blob.core.windows.net/");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => (DevelopmentStorage is null ? InAzure() : OnTheDesk()).Concat(
    [
        CopyStorageUri is null ? null : Address("copyStorageUri", CopyStorageUri, "https://{account}.blob.core.windows.net/"),
        Text("container", Container),
        Container.Length > LongestContainer ? new ValidationResult($"setting \"azure:container\" is longer than {LongestContainer} characters; tenants' containers get longer names", ["container"]) : null,
    ]).OfType<ValidationResult>();

    private IEnumerable<ValidationResult?> InAzure() =>
    [
        Storage,
        Storage is null || QueueUri is not null ? Address("queueUri", Queues, "https://{account}.queue.core.windows.net/") : null,
        Address("keyVaultUri", KeyVaultUri, "https://{vault}.vault.azure.net/"),
        Text("masterKeySecret", MasterKeySecret),
    ];

    private IEnumerable<ValidationResult?> OnTheDesk() =>
    [
        StorageUri is null && QueueUri is null && KeyVaultUri is null
            ? null
            : new ValidationResult("setting \"azure:developmentStorage\" takes the place of \"azure:storageUri\", \"azure:queueUri\" and \"azure:keyVaultUri\"; leave it out, or leave those out", ["developmentStorage"]),
        Text("developmentKeyFile", DevelopmentKeyFile),
        IsOnThisMachine(DevelopmentStorage)
            ? null
            : new ValidationResult("setting \"azure:developmentStorage\" has to be the connection string of a storage account on this machine, such as UseDevelopmentStorage=true; accounts in Azure are used by the app's identity", ["developmentStorage"]),
    ];

    private static bool IsOnThisMachine(string? connection)
    {
        try
        {
            return new BlobServiceClient(connection).Uri.IsLoopback && new QueueServiceClient(connection).Uri.IsLoopback;
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            return false;
        }
    }

    // An empty setting is one that is not given, as in the sample.
    private static string? Given(string? value) => value is { Length: > 0 } ? value : null;

    private static ValidationResult? Text(string setting, string? value) =>
        string.IsNullOrWhiteSpace(value) ? new ValidationResult($"setting \"azure:{setting}\" is empty", [setting]) : null;

    private static ValidationResult? Address(string setting, string? value, string example)
    {
        if (Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps)
        {
            return null;
        }

        var wrong = string.IsNullOrWhiteSpace(value) ? "missing" : $"\"{value}\"";
        return new ValidationResult($"setting \"azure:{setting}\" is {wrong}; it has to be an address like {example}", [setting]);
    }
}
