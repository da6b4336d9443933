namespace Baas.Core.Storage;

/// <summary>A folder of secrets that share one data key.</summary>
/// <param name="Folder">The blob names' prefix, with its closing <c>/</c>.</param>
internal sealed record SecretScope(string Folder)
{
    /// <summary>The blob that holds the scope's data key, wrapped by the master key.</summary>
    public string DataKeyName => $"{Folder}data.key";

    /// <summary>The blob of one secret of the scope.</summary>
    public string BlobOf(string secret) => Folder + secret;
}
