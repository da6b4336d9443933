using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Pki;
using Baas.Core.Records;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Operations.Renewals;

/// <summary>Reads off the store which certificates a network has and which of them are due. Keys are not looked at.</summary>
internal sealed class CertificateInventory(IdentityStore identities, RenewalOptions options, TimeProvider clock)
{
    /// <summary>The certificates of all nodes and users, in the order in which they would be renewed. What was not issued yet is left out.</summary>
    public async Task<IReadOnlyList<CertificateSet>> ReadAsync(NetworkRecord network, CancellationToken cancellationToken)
    {
        List<CertificateSet> found = [];
        Dictionary<OrganizationName, OrganizationTrust> trust = [];
        foreach (var organization in OrganizationsOf(network.Spec))
        {
            if (await identities.FindTrustAsync(network.Reference, organization, cancellationToken) is { } there)
            {
                trust.Add(organization, there);
            }

            foreach (var user in trust.ContainsKey(organization) ? new[] { UserIdentity.Admin, UserIdentity.Client } : [])
            {
                if (await identities.FindUserAsync(network.Reference, organization, user, cancellationToken) is { } identity)
                {
                    found.Add(OfUser(organization, user, identity, trust[organization]));
                }
            }
        }

        foreach (var (node, role) in NodesOf(network.Spec).Where(one => trust.ContainsKey(one.Node.Organization)))
        {
            if (await identities.FindNodeAsync(network.Reference, node, cancellationToken) is { } identity)
            {
                found.Add(OfNode(network, node, role, identity, trust[node.Organization]));
            }
        }

        return found;
    }

    /// <summary>The certificate authorities of all organizations. They are never renewed by Baas.</summary>
    public async Task<IReadOnlyList<CertificateView>> ReadAuthoritiesAsync(NetworkRecord network, CancellationToken cancellationToken)
    {
        List<CertificateView> found = [];
        foreach (var organization in OrganizationsOf(network.Spec))
        {
            if (await identities.FindTrustAsync(network.Reference, organization, cancellationToken) is { } trust)
            {
                found.Add(View(organization.Value, "authority", organization, "signing", IssuerOf(trust.Intermediates, trust.Roots), null, null));
                found.Add(View(organization.Value, "authority", organization, "tls", IssuerOf(trust.TlsIntermediates, trust.TlsRoots), null, null));
            }
        }

        return found;
    }

    /// <summary>All organizations, the ordering one first.</summary>
    public static IReadOnlyList<OrganizationName> OrganizationsOf(NetworkSpec spec) => [spec.Ordering.Organization, .. spec.Organizations.Select(organization => organization.Name)];

    /// <summary>All nodes with certificates: orderers, peers, servers of chaincodes.</summary>
    public static IReadOnlyList<(NodeReference Node, NodeRole Role)> NodesOf(NetworkSpec spec) =>
    [
        .. spec.Ordering.Orderers().Select(node => (node, NodeRole.Orderer)),
        .. spec.Organizations.SelectMany(organization => organization.PeerNodes()).Select(node => (node, NodeRole.Peer)),
        .. NetworkPlan.Between(null, spec).Phases.SelectMany(phase => phase.Changes).OfType<AddChaincode>().SelectMany(change =>
            change.Members.Select(member => (NodeReference.Chaincode(member.Name, change.Chaincode.Channel, change.Chaincode.Name), NodeRole.Chaincode))),
    ];

    private CertificateSet OfUser(OrganizationName organization, string user, UserIdentity identity, OrganizationTrust trust)
    {
        var name = $"{user}.{organization}";
        return new CertificateSet(organization, null, null, user, identity.Fingerprint(), false,
        [
            View(name, "user", organization, "signing", identity.Signing.CertificatePem, IssuerOf(trust.Intermediates, trust.Roots), null),
            View(name, "user", organization, "tls", identity.Tls.CertificatePem, IssuerOf(trust.TlsIntermediates, trust.TlsRoots), null),
        ]);
    }

    private CertificateSet OfNode(NetworkRecord network, NodeReference node, NodeRole role, NodeIdentity identity, OrganizationTrust trust)
    {
        var version = network.NodeVersions.GetValueOrDefault(node.ToString(), network.Spec.FabricVersion);
        var keeps = role == NodeRole.Orderer && !FabricReleases.KnowsRenewedOrderers(network.Spec.Ordering.Consensus, version);
        var kept = keeps ? $"orderers of Fabric {version} with BFT would not know it: move to 3.1.2 or newer first" : null;
        var name = node.ToString();
        return new CertificateSet(node.Organization, node, role, null, identity.Fingerprint(), keeps,
        [
            .. identity.Signing is { } signing
                ? new[] { View(name, "node", node.Organization, "signing", signing.CertificatePem, IssuerOf(trust.Intermediates, trust.Roots), kept) }
                : [],
            View(name, "node", node.Organization, "tls", identity.Tls.CertificatePem, IssuerOf(trust.TlsIntermediates, trust.TlsRoots), null),
        ]);
    }

    private CertificateView View(string owner, string ownerKind, OrganizationName organization, string use, string pem, string? issuer, string? kept)
    {
        var facts = CertificateFacts.Parse(pem);
        var now = clock.GetUtcNow();
        var hasLittle = issuer is not null && options.IsDue(facts.NotBefore, facts.NotAfter, now);
        var note = kept ?? (issuer is not null && facts.NotAfter >= CertificateFacts.Parse(issuer).NotAfter ? "its certificate authority ends at the same time" : null);
        return new CertificateView
        {
            Owner = owner,
            OwnerKind = ownerKind,
            Organization = organization,
            Use = use,
            Subject = facts.Subject,
            SerialNumber = facts.SerialNumber,
            NotBefore = facts.NotBefore,
            NotAfter = facts.NotAfter,
            DaysLeft = (int)Math.Floor((facts.NotAfter - now).TotalDays),
            IsDue = hasLittle && note is null,
            Note = hasLittle ? note : null,
        };
    }

    // The one right above the leaves.
    private static string IssuerOf(IReadOnlyList<string> intermediates, IReadOnlyList<string> roots) => intermediates is [var first, ..] ? first : roots[0];
}
