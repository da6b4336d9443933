using System.Globalization;

namespace Baas.Core.Networks.Schedules;

/// <summary>One field of a schedule: the values at which it holds.</summary>
/// <param name="Values">The values.</param>
/// <param name="IsAny">Whether it stands for any value.</param>
internal sealed record CronField(IReadOnlySet<int> Values, bool IsAny)
{
    /// <summary>Reads a field: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>*/15</c>, <c>1-9/2</c>, or several with commas; null when it is none.</summary>
    /// <param name="text">The field.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest value.</param>
    public static CronField? Parse(string text, int least, int most)
    {
        var values = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var whole] => (whole, 1),
                [var whole, var every] => (whole, Number(every)),
                _ => ("", null),
            };
            var (first, last) = range.Split('-') switch
            {
                ["*"] => (least, most),
                [var one] => (Number(one), part.Contains('/', StringComparison.Ordinal) ? most : Number(one)),
                [var from, var to] => (Number(from), Number(to)),
                _ => (null, null),
            };
            if (first is not { } begin || last is not { } end || step is not > 0 || begin < least || end > most || begin > end)
            {
                return null;
            }

            for (var value = begin; value <= end; value += step.Value)
            {
                values.Add(value);
            }
        }

        return new CronField(values, text == "*");
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
