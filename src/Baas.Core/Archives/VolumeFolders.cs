namespace Baas.Core.Archives;

/// <summary>The names at a volume's root that are not the node's.</summary>
internal static class VolumeFolders
{
    /// <summary>Where a restored volume is put together before it takes the place of what is there.</summary>
    public const string Staged = ".baas-restore";

    /// <summary>Where what was there waits until the restored volume is in its place.</summary>
    public const string Former = ".baas-former";

    /// <summary>Says that the restored volume is whole.</summary>
    public const string Whole = ".baas-whole";

    /// <summary>Whether a name at the root is one of these, or the file system's own.</summary>
    public static bool IsOwn(string name) => name is Staged or Former or Whole or "lost+found";
}
