namespace Baas.Core.Health;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Code">Stable, listed in docs/health.md: one of <see cref="FindingCodes"/>.</param>
/// <param name="State">How bad it is for its subject.</param>
/// <param name="Subject">What it is about: <c>peer-1.org1</c>, <c>main</c>, <c>Service acme-net-org1/peer-1</c>.</param>
/// <param name="Detail">What was seen, one line.</param>
public sealed record Finding(string Code, HealthState State, string Subject, string Detail);
