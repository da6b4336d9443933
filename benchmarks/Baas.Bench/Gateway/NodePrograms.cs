using System.ComponentModel;
using System.Diagnostics;
using Baas.Bench.Networks;

namespace Baas.Bench.Gateway;

/// <summary>What Node's programs need before they run.</summary>
internal static class NodePrograms
{
    /// <summary>Installs what a folder's lock file names, unless it is there.</summary>
    /// <exception cref="BenchException">There is no npm, or it cannot.</exception>
    public static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Specifications.Repository, folder);
        if (Directory.Exists(Path.Combine(path, "node_modules")))
        {
            return;
        }

        var start = new ProcessStartInfo("npm", ["ci", "--omit=dev", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = path, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start) ?? throw new BenchException("cannot start npm");
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new BenchException($"cannot measure beside Node's client: npm ci in {folder} ended with {process.ExitCode}: {await errors}{await output}");
            }
        }
        catch (Win32Exception)
        {
            throw new BenchException("cannot measure beside Node's client: node and npm are not on this machine");
        }
    }
}
