namespace Baas.Bench.Gateway;

/// <summary>What a load program prints.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="PeakMiB">The most memory that was resident in it.</param>
/// <param name="ResidentMiB">The memory that is resident at the end.</param>
/// <param name="AnonymousMiB">The part of it that is no file: what the program has made itself, and no other process can share.</param>
/// <param name="ProcessorMilliseconds">Its processor time for each call.</param>
internal sealed record LoadResult(double PerSecond, double PeakMiB, double ResidentMiB, double AnonymousMiB, double ProcessorMilliseconds);
