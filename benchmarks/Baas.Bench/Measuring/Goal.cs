using System.Globalization;

namespace Baas.Bench.Measuring;

/// <summary>What a value has to reach.</summary>
/// <param name="Limit">The limit, in the value's unit.</param>
/// <param name="IsFloor">Whether more is better; the default is that less is.</param>
internal sealed record Goal(double Limit, bool IsFloor = false)
{
    public bool IsMetBy(double value) => IsFloor ? value >= Limit : value <= Limit;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsFloor ? ">=" : "<=")} {Limit:#,0.###}");
}
