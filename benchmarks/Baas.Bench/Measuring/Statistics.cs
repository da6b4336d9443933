using System.Globalization;

namespace Baas.Bench.Measuring;

/// <summary>What several runs say together.</summary>
internal static class Statistics
{
    public static double Median(IReadOnlyCollection<double> values) => Quantile(values, 0.5);

    /// <summary>The value that so large a part of all does not exceed.</summary>
    public static double Quantile(IReadOnlyCollection<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
    }

    /// <summary>The number of runs with the least and the largest value.</summary>
    public static string Spread(IReadOnlyCollection<double> values, string format = "0.00") =>
        string.Create(CultureInfo.InvariantCulture, $"{values.Count} runs, {values.Min().ToString(format, CultureInfo.InvariantCulture)} to {values.Max().ToString(format, CultureInfo.InvariantCulture)}");
}
