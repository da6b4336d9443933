using System.Globalization;

namespace Baas.EndToEnd.Tests.Up;

/// <summary>A test that needs Ctrl-C, which shells keep from what they run in the background.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InterruptFactAttribute : FactAttribute
{
    private const string Ignored = "SigIgn:";

    public InterruptFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "needs Linux' signals";
        }
        else if (IsIgnored())
        {
            Skip = "needs SIGINT, which the shell has told its background jobs to ignore";
        }
    }

    private static bool IsIgnored()
    {
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..].Trim();
        return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0b10) != 0;
    }
}
