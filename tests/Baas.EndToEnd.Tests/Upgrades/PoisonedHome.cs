namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>A folder of Fabric's releases, of which one has programs that know their version and end as soon as they run.</summary>
internal static class PoisonedHome
{
    /// <summary>Lays it out.</summary>
    /// <param name="home">The folder.</param>
    /// <param name="poisoned">The version whose programs end.</param>
    /// <param name="versions">The versions that are whole.</param>
    /// <returns>The folder.</returns>
    public static string In(string home, string poisoned, params string[] versions)
    {
        Directory.CreateDirectory(home);
        var known = Environment.GetEnvironmentVariable("BAAS_FABRIC_HOME") ?? throw new InvalidOperationException("no releases");
        foreach (var version in versions)
        {
            Directory.CreateSymbolicLink(Path.Combine(home, version), Path.Combine(known, version));
        }

        var bin = Directory.CreateDirectory(Path.Combine(home, poisoned, "bin")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(home, poisoned, "config"), Path.Combine(known, versions[0], "config"));
        foreach (var program in (string[])["orderer", "peer"])
        {
            var path = Path.Combine(bin, program);
            File.WriteAllText(path, $"#!/bin/sh\n[ \"$1\" = version ] && echo ' Version: {poisoned}' && exit 0\necho 'cannot start' >&2\nexit 2\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return home;
    }
}
