using System.Globalization;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>Amounts as Kubernetes writes them: <c>500m</c>, <c>1Gi</c>, <c>2e3</c>.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1048576m), ("Gi", 1073741824m), ("Ti", 1099511627776m), ("Pi", 1125899906842624m), ("Ei", 1152921504606846976m),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1000m), ("M", 1000000m), ("G", 1000000000m), ("T", 1000000000000m),
        ("P", 1000000000000000m), ("E", 1000000000000000000m),
    ];

    /// <summary>Reads an amount; null when it is none.</summary>
    public static decimal? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var (suffix, factor) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                return Number(text[..^suffix.Length]) is { } number && Math.Abs(number) < decimal.MaxValue / 2e18m ? number * factor : null;
            }
        }

        return Number(text);
    }

    /// <summary>Writes an amount: of memory and storage in the largest binary unit that fits, of anything else in whole numbers or thousandths.</summary>
    public static string Write(decimal amount, bool isBinary)
    {
        if (isBinary && amount > 0)
        {
            foreach (var (suffix, factor) in Suffixes.Take(6).Reverse())
            {
                if (amount >= factor && amount % factor == 0)
                {
                    return (amount / factor).ToString("0", CultureInfo.InvariantCulture) + suffix;
                }
            }
        }

        return amount == Math.Floor(amount)
            ? amount.ToString("0", CultureInfo.InvariantCulture)
            : Math.Ceiling(amount * 1000).ToString("0", CultureInfo.InvariantCulture) + "m";
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
