namespace Baas.Core.Health.Observations;

/// <summary>How full a volume is.</summary>
/// <param name="Used">Bytes.</param>
/// <param name="Capacity">Bytes.</param>
internal sealed record VolumeObservation(long Used, long Capacity)
{
    /// <summary>In percent, at most 100.</summary>
    public int Percent => Capacity <= 0 ? 0 : (int)Math.Min(100, Used * 100 / Capacity);
}
