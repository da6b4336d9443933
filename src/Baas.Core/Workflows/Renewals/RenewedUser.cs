using Baas.Core.Networks;

namespace Baas.Core.Workflows.Renewals;

/// <summary>An admin or client whose certificates are renewed.</summary>
/// <param name="Organization">The user's organization.</param>
/// <param name="User">The user's name.</param>
/// <param name="Fingerprint">The fingerprint of the certificates that are renewed.</param>
public sealed record RenewedUser(OrganizationName Organization, string User, string Fingerprint);
