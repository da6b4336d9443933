namespace Baas.Testing.Programs;

/// <summary>Finds the programs of this machine that judge what Baas makes.</summary>
public static class ProgramFinder
{
    /// <summary>The full path of a program on the PATH; null when it is not there.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
