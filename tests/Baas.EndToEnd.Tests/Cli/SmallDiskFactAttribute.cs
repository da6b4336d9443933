using System.Diagnostics;

namespace Baas.EndToEnd.Tests.Cli;

/// <summary>A test that needs a disk of its own, small enough to fill.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(() =>
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare"))
        {
            return false;
        }

        var start = new ProcessStartInfo("/usr/bin/unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", Path.GetTempPath()]) { RedirectStandardError = true };
        using var probe = Process.Start(start);
        return probe is not null && probe.WaitForExit(5000) && probe.ExitCode == 0;
    });

    /// <summary>Looks what the machine has.</summary>
    /// <param name="fabric">The version of Fabric whose programs have to be there, too; null for none.</param>
    public SmallDiskFactAttribute(string? fabric = null)
    {
        Fabric = fabric;
        if (!CanMount.Value)
        {
            Skip = "needs Linux with unshare and the right to mount a tmpfs in a namespace of its own";
        }
        else if (fabric is not null)
        {
            Skip = Processes.RealNodes.Missing(fabric);
        }
    }

    /// <summary>The version of Fabric whose programs have to be there, too; null for none.</summary>
    public string? Fabric { get; }
}
