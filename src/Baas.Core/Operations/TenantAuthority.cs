using Baas.Core.Networks;

namespace Baas.Core.Operations;

/// <summary>A certificate authority that a tenant has brought, without its key.</summary>
/// <param name="Name">How specifications refer to it.</param>
/// <param name="Subject">Its certificate's subject.</param>
/// <param name="Issuer">Its certificate's issuer.</param>
/// <param name="NotAfter">Until when it is valid.</param>
/// <param name="Fingerprint">SHA-256 of its certificate, hex.</param>
public sealed record TenantAuthority(CaName Name, string Subject, string Issuer, DateTimeOffset NotAfter, string Fingerprint);
