namespace Baas.Core.Storage.Backups;

/// <summary>The store that backups are copied to, in another region where there is one. Its keys are wrapped by the same master key.</summary>
/// <param name="name">What people see of it, such as its address.</param>
/// <param name="blobs">Its blobs.</param>
/// <param name="masterKey">The master key.</param>
internal sealed class SecondPlace(string name, IBlobStore blobs, IMasterKey masterKey)
{
    /// <summary>What people see of it.</summary>
    public string Name => name;

    /// <summary>The store.</summary>
    public BackupPlace Place { get; } = new(blobs, new BackupStore(blobs, new SecretStore(blobs, masterKey)));
}
