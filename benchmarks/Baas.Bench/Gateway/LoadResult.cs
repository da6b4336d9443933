namespace Baas.Bench.Gateway;

/// <summary>What a load program prints.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="PeakMiB">The most memory that was resident in it.</param>
/// <param name="ProcessorMilliseconds">Its processor time for each call.</param>
internal sealed record LoadResult(double PerSecond, double PeakMiB, double ProcessorMilliseconds);
