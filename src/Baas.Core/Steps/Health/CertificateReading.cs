using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps.Health;

/// <summary>Reads off the store how long certificates last. Keys are not looked at.</summary>
internal static class CertificateReading
{
    /// <summary>The certificates of a node.</summary>
    public static async Task<IReadOnlyList<CertificateObservation>> OfNodeAsync(IdentityStore identities, PlacedNode place, CancellationToken cancellationToken)
    {
        var identity = await identities.FindNodeAsync(place.Network, place.Node, cancellationToken);
        var name = place.Node.ToString();
        return
        [
            .. identity?.Signing is { } signing ? new[] { Of(name, "signing", signing.CertificatePem) } : [],
            .. identity is not null ? new[] { Of(name, "TLS", identity.Tls.CertificatePem) } : [],
        ];
    }

    /// <summary>The authorities and users of all organizations.</summary>
    public static async Task<IReadOnlyList<CertificateObservation>> OfOrganizationsAsync(
        IdentityStore identities, NetworkReference network, NetworkSpec spec, CancellationToken cancellationToken)
    {
        List<CertificateObservation> found = [];
        foreach (var organization in spec.Organizations.Select(organization => organization.Name).Prepend(spec.Ordering.Organization))
        {
            if (await identities.FindTrustAsync(network, organization, cancellationToken) is { } trust)
            {
                found.AddRange(trust.Intermediates.Concat(trust.Roots).Take(1).Select(pem => Of(organization.Value, "signing", pem)));
                found.AddRange(trust.TlsIntermediates.Concat(trust.TlsRoots).Take(1).Select(pem => Of(organization.Value, "TLS", pem)));
            }

            foreach (var user in new[] { UserIdentity.Admin, UserIdentity.Client })
            {
                if (await identities.FindUserAsync(network, organization, user, cancellationToken) is { } identity)
                {
                    found.Add(Of($"{user}.{organization}", "signing", identity.Signing.CertificatePem));
                    found.Add(Of($"{user}.{organization}", "TLS", identity.Tls.CertificatePem));
                }
            }
        }

        return found;
    }

    private static CertificateObservation Of(string subject, string use, string pem)
    {
        var facts = CertificateFacts.Parse(pem);
        return new CertificateObservation(subject, use, facts.IsAuthority, facts.NotAfter);
    }
}
