using System.Globalization;

namespace Baas.Core.Fabric.Transport;

/// <summary>A deadline as the header <c>grpc-timeout</c> says it: at most eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long MostDigits = 99_999_999;

    /// <summary>Gives the header's value, rounded up.</summary>
    public static string Of(TimeSpan deadline)
    {
        var milliseconds = (long)Math.Ceiling(deadline.TotalMilliseconds);
        return milliseconds <= MostDigits
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, milliseconds)}m")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Min(MostDigits, (long)Math.Ceiling(deadline.TotalSeconds))}S");
    }
}
