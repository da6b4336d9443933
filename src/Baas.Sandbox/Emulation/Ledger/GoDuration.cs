using System.Buffers;
using System.Globalization;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>Durations as Go writes them: <c>2s</c>, <c>1m30s</c>, <c>250ms</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads one.</summary>
    /// <exception cref="EmulationException">It is none, or not positive.</exception>
    public static TimeSpan Parse(string text)
    {
        var sum = TimeSpan.Zero;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            var unit = digits <= 0 ? 0 : rest[digits..].IndexOfAny(Digits);
            unit = unit < 0 ? rest.Length - digits : unit;
            if (unit == 0 || !double.TryParse(rest[..digits], CultureInfo.InvariantCulture, out var number))
            {
                throw new EmulationException($"cannot read duration \"{text}\": time: invalid duration");
            }

            sum += number * Unit(rest.Slice(digits, unit), text);
            rest = rest[(digits + unit)..];
        }

        return sum > TimeSpan.Zero ? sum : throw new EmulationException($"cannot read duration \"{text}\": it is not positive");
    }

    private static TimeSpan Unit(ReadOnlySpan<char> unit, string text) => unit switch
    {
        "h" => TimeSpan.FromHours(1),
        "m" => TimeSpan.FromMinutes(1),
        "s" => TimeSpan.FromSeconds(1),
        "ms" => TimeSpan.FromMilliseconds(1),
        "us" or "µs" => TimeSpan.FromMicroseconds(1),
        _ => throw new EmulationException($"cannot read duration \"{text}\": unknown unit"),
    };
}
