using System.Globalization;
using System.Security.Cryptography;

namespace Baas.Core.Storage.Files;

/// <summary>The master key of the embedded mode: 32 random bytes in a file that only its owner can read.</summary>
internal static class FileMasterKey
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a new key, unless there is one already.</summary>
    public static void CreateIfAbsent(string path)
    {
        if (!File.Exists(path))
        {
            var key = RandomNumberGenerator.GetBytes(SecretBox.KeyLength);
            DurableFile.Write(path, key);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Reads the key.</summary>
    /// <exception cref="StorageException">
    /// It is not there (<c>master-key-missing</c>), others than its owner may use it (<c>master-key-exposed</c>), it cannot be read
    /// (<c>master-key-unreadable</c>), or it is no key (<c>master-key-invalid</c>).
    /// </exception>
    public static AesMasterKey Read(string path)
    {
        byte[] key;
        try
        {
            RequireOwnerOnly(path);
            key = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException failure)
        {
            throw new StorageException(
                "master-key-missing", $"cannot read master key \"{path}\": it is gone, and nothing that was encrypted with it can be read; bring it back from a backup", failure);
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw new StorageException("master-key-unreadable", $"cannot read master key \"{path}\": {failure.Message}", failure);
        }

        var master = new AesMasterKey(key);
        CryptographicOperations.ZeroMemory(key);
        return master;
    }

    private static void RequireOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the profile's own access list applies
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != 0)
        {
            var digits = Convert.ToString((int)mode, 8).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture);
            throw new StorageException(
                "master-key-exposed", $"cannot use master key \"{path}\": others than its owner may use it (mode {digits}); run: chmod 600 \"{path}\"");
        }
    }
}
