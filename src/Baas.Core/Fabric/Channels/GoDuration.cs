using System.Globalization;
using System.Text;

namespace Baas.Core.Fabric.Channels;

/// <summary>Lengths of time as Go writes them; Fabric reads no others.</summary>
internal static class GoDuration
{
    /// <summary>Writes a length of whole milliseconds: <c>200ms</c>, <c>2s</c>, <c>1.5s</c>, <c>1m0s</c>, <c>24h0m0s</c>.</summary>
    public static string Of(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(1))
        {
            return time == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMilliseconds}ms");
        }

        var text = new StringBuilder();
        var hours = (long)time.TotalHours;
        if (hours > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        }

        if (time.TotalMinutes >= 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"{time.Minutes}m");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{time.Seconds + (time.Milliseconds / 1000m):0.###}s").ToString();
    }
}
