namespace Baas.Testing;

/// <summary>The checked-out sources that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of something in it.</summary>
    public static string In(params string[] names) => Path.Combine([Root, .. names]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Baas.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no folder above the tests holds Baas.sln");
        }

        return folder.FullName;
    }
}
