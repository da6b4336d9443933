namespace Baas.Core.Health.Observations;

/// <summary>A certificate on record.</summary>
/// <param name="Subject">Whose it is: a node, a user, an organization.</param>
/// <param name="Use">What for: <c>signing</c>, <c>TLS</c>.</param>
/// <param name="IsAuthority">Whether it issues certificates.</param>
/// <param name="NotAfter">Until when it is valid.</param>
internal sealed record CertificateObservation(string Subject, string Use, bool IsAuthority, DateTimeOffset NotAfter);
