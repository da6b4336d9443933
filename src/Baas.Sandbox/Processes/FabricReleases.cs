using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Baas.Sandbox.Processes;

/// <summary>Finds Fabric's programs on this machine.</summary>
internal static partial class FabricReleases
{
    private const string HowToGet =
        "unpack a release of https://github.com/hyperledger/fabric/releases (hyperledger-fabric-<system>-<version>.tar.gz) and set BAAS_FABRIC_BIN to its bin folder, or BAAS_FABRIC_HOME to a folder with one such folder per version";

    private static readonly string[] Programs = ["orderer", "peer"];
    private static readonly string[] DefaultFiles = ["core.yaml", "orderer.yaml"];
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(20);

    /// <summary>The releases, asked for their versions; at least one.</summary>
    /// <param name="bin">The bin folder of a release, its config folder beside it; null for none.</param>
    /// <param name="home">A folder with a folder for each version; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxException">There is none, or one of them cannot be used.</exception>
    public static async Task<IReadOnlyList<FabricRelease>> FindAsync(string? bin, string? home, CancellationToken cancellationToken)
    {
        List<string> folders = string.IsNullOrEmpty(bin) ? [] : [Path.GetFullPath(bin)];
        if (!string.IsNullOrEmpty(home))
        {
            folders.AddRange(BelowHome(Path.GetFullPath(home)));
        }

        if (folders.Count == 0)
        {
            throw new SandboxException("fabric-programs-missing", $"cannot run Fabric's nodes as processes: no programs of Fabric are known; {HowToGet}");
        }

        return await Task.WhenAll(folders.Distinct(StringComparer.Ordinal).Select(folder => OpenAsync(folder, cancellationToken)));
    }

    // A folder that holds neither program is no release: a download that was begun and left, say. Half a release is refused later.
    private static IEnumerable<string> BelowHome(string home) =>
        Directory.Exists(home)
            ? Directory.EnumerateDirectories(home).Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
                .Where(folder => Programs.Any(program => File.Exists(Path.Combine(folder, program))))
            : throw Unusable(home, "it does not exist");

    private static async Task<FabricRelease> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var program in Programs)
        {
            if (!File.Exists(Path.Combine(folder, program)))
            {
                throw Unusable(folder, $"\"{program}\" is not there");
            }
        }

        var versions = await Task.WhenAll(VersionAsync(folder, "orderer", cancellationToken), VersionAsync(folder, "peer", cancellationToken));
        var release = new FabricRelease(versions[0], folder);
        if (versions[0] != versions[1])
        {
            throw Unusable(folder, $"its orderer is of version {versions[0]}, its peer of {versions[1]}");
        }

        return DefaultFiles.FirstOrDefault(name => !File.Exists(Path.Combine(release.Defaults, name))) is { } missing
            ? throw Unusable(folder, $"\"{Path.Combine(release.Defaults, missing)}\" is not there")
            : release;
    }

    private static async Task<string> VersionAsync(string folder, string program, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(VersionLimit);
        try
        {
            var start = new ProcessStartInfo(Path.Combine(folder, program), ["version"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start) ?? throw Unusable(folder, $"\"{program}\" does not start");
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return VersionLine().Match(output) is { Success: true } found
                ? found.Groups[1].Value
                : throw Unusable(folder, $"\"{program} version\" says no version: {output}{await errors}".ReplaceLineEndings(" "));
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            throw Unusable(folder, $"\"{program}\" does not start: {failure.Message}", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unusable(folder, $"\"{program} version\" does not end", failure);
        }
    }

    private static SandboxException Unusable(string folder, string cause, Exception? failure = null) =>
        new("fabric-programs-unusable", $"cannot use Fabric's programs in \"{folder}\": {cause}; {HowToGet}", failure);

    [GeneratedRegex(@"^\s*Version:\s*v?(\S+)", RegexOptions.Multiline)]
    private static partial Regex VersionLine();
}
