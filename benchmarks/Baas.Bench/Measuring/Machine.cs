using System.Globalization;
using System.Runtime.InteropServices;

namespace Baas.Bench.Measuring;

/// <summary>Where it was measured.</summary>
internal sealed record Machine
{
    /// <summary>How many cores this process may use.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>The operating system.</summary>
    public string System { get; init; } = RuntimeInformation.OSDescription;

    /// <summary>The runtime.</summary>
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    /// <summary>The memory that this process may use, in MiB.</summary>
    public long MemoryMiB { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20;

    /// <summary>How many programs wanted a core over the last minute before the run; null where the system does not tell.</summary>
    public double? LoadBefore { get; init; } = Load();

    /// <summary>Whether others use the machine so much that the values say little.</summary>
    public bool IsBusy => LoadBefore > 1;

    private static double? Load()
    {
        const string File = "/proc/loadavg";
        return global::System.IO.File.Exists(File) ? double.Parse(global::System.IO.File.ReadAllText(File).Split(' ')[0], CultureInfo.InvariantCulture) : null;
    }
}
