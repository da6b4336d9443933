using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;

namespace Baas.Bench.Parts;

/// <summary>Keys with certificates a second.</summary>
internal static class Certificates
{
    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var (ofProcessor, ofClock) = CertificateRate.Measure(TimeSpan.FromSeconds(full ? 10 : 3));
        yield return new Measurement
        {
            Name = "key, leaf certificate, PEM",
            Value = ofProcessor,
            Unit = "/s",
            Goal = new Goal(2500, IsFloor: true),
            Note = string.Create(CultureInfo.InvariantCulture, $"of one core's time; by the clock {ofClock:#,0}"),
        };
    }
}
