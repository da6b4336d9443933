using System.Diagnostics;

namespace Baas.Testing.Fabric;

/// <summary>Fabric's own programs, when the machine has them: they judge what this code makes.</summary>
public static class FabricBinaries
{
    public const string Variable = "BAAS_FABRIC_BIN";

    public const string HomeVariable = "BAAS_FABRIC_HOME";

    private static readonly Dictionary<string, string?> Known = new(StringComparer.Ordinal);

    /// <summary>The folder of a version's programs, below the home or the one folder; null when there is none.</summary>
    public static string? FolderOf(string version)
    {
        lock (Known)
        {
            return Known.TryGetValue(version, out var folder) ? folder : Known[version] = Find(version);
        }
    }

    private static string? Find(string version)
    {
        var below = Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home ? Path.Combine(home, version, "bin") : null;
        return below is not null && File.Exists(Path.Combine(below, "peer")) ? below : Folder is not null && VersionOf(Folder) == version ? Folder : null;
    }

    private static string VersionOf(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "peer"), ["version"]) { RedirectStandardOutput = true })!; // null only for shells
        var line = process.StandardOutput.ReadToEnd().Split('\n').FirstOrDefault(text => text.TrimStart().StartsWith("Version:", StringComparison.Ordinal));
        return line?.Split(':')[1].Trim().TrimStart('v') ?? "";
    }

    /// <summary>The folder; null when there is none.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>The path of one of them. There is a folder, or the test that asks was skipped.</summary>
    public static string PathOf(string program) => Path.Combine(Folder!, program);

    /// <summary>Makes a folder with the defaults of nodes, as <c>FABRIC_CFG_PATH</c> wants it: those beside the programs, with their builder of chaincode services.</summary>
    public static string CopyDefaults(string target)
    {
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder!)))!;
        var builder = new[] { "builders/ccaas", "ccaas_builder" }.Select(name => Path.Combine(above, name)).First(Directory.Exists);
        Directory.CreateDirectory(target);
        foreach (var name in new[] { "core.yaml", "orderer.yaml" })
        {
            var defaults = File.ReadAllText(Path.Combine(above, "config", name));
            File.WriteAllText(Path.Combine(target, name), defaults.Replace("/opt/hyperledger/ccaas_builder", builder, StringComparison.Ordinal));
        }

        return target;
    }

    /// <summary>Runs one of them to its end and gives what it printed.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var start = new ProcessStartInfo(PathOf(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program}: {await errors}");
    }
}
