using System.Globalization;

namespace Baas.Core.Networks;

/// <summary>Kubernetes quantities (apimachinery/pkg/api/resource): <c>100m</c>, <c>1.5Gi</c>, <c>2</c>, <c>1e3</c>.</summary>
internal static class Quantity
{
    /// <summary>The form; digits are bounded so that every value fits a <see cref="decimal"/>.</summary>
    public static NameRule Rule { get; } =
        NameRule.Of("Kubernetes quantity", @"([0-9]{1,9}(\.[0-9]{0,6})?|\.[0-9]{1,6})(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9])?", 20);

    /// <summary>The value of a text that <see cref="Rule"/> accepts.</summary>
    public static decimal ValueOf(string text)
    {
        var end = text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').Count();
        return decimal.Parse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * Factor(text[end..]);
    }

    private static decimal Factor(string suffix) => suffix switch
    {
        "" => 1m,
        "n" => 0.000_000_001m,
        "u" => 0.000_001m,
        "m" => 0.001m,
        "k" => 1_000m,
        "M" => 1_000_000m,
        "G" => 1_000_000_000m,
        "T" => 1_000_000_000_000m,
        "P" => 1_000_000_000_000_000m,
        "E" => 1_000_000_000_000_000_000m,
        [var power, 'i'] => 1L << (10 * ("KMGTPE".IndexOf(power, StringComparison.Ordinal) + 1)),
        _ => PowerOfTen(int.Parse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
    };

    private static decimal PowerOfTen(int exponent)
    {
        var power = (decimal)Math.Pow(10, Math.Abs(exponent));
        return exponent < 0 ? 1m / power : power;
    }
}
