using Baas.Core.Health;

namespace Baas.Core.Operations.Health;

/// <summary>What a look at all networks has found.</summary>
/// <param name="Networks">How each network is.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record HealthSweepReport(IReadOnlyList<NetworkHealth> Networks, TimeSpan Duration);
