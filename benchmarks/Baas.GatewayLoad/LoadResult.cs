namespace Baas.GatewayLoad;

/// <summary>What a load has shown.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="PeakMiB">The most memory that was resident, warm-up included.</param>
/// <param name="ProcessorMilliseconds">Processor time of this program for each call.</param>
internal sealed record LoadResult(double PerSecond, double PeakMiB, double ProcessorMilliseconds);
