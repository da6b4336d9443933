using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Operations.Exports;

/// <summary>Hands out what users of a network need: connection profiles, identities, and pictures of it.</summary>
internal sealed class NetworkExports(RecordStore records, IdentityStore identities, ArtifactStore artifacts)
{
    /// <summary>An organization's connection profile.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>organization-not-found</c>, <c>network-not-ready</c>.</exception>
    public async Task<JsonObject> ProfileAsync(NetworkReference network, OrganizationName organization, CancellationToken cancellationToken)
    {
        var spec = (await FindReadyAsync(network, cancellationToken)).Spec;
        Require(spec, organization);
        var names = spec.Organizations.Select(member => member.Name).Append(spec.Ordering.Organization);
        Dictionary<OrganizationName, OrganizationTrust> trust = [];
        foreach (var name in names)
        {
            trust.Add(name, await identities.ReadTrustAsync(network, name, cancellationToken));
        }

        return ConnectionProfile.For(spec, organization, await artifacts.ListEndpointsAsync(network, cancellationToken), trust);
    }

    /// <summary>An organization's identity with its private keys, for its owner.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>organization-not-found</c>, <c>identity-not-found</c>, <c>network-not-ready</c>.</exception>
    public async Task<IdentityExport> IdentityAsync(NetworkReference network, OrganizationName organization, string user, CancellationToken cancellationToken)
    {
        var spec = (await FindReadyAsync(network, cancellationToken)).Spec;
        Require(spec, organization);
        if (user is not (UserIdentity.Admin or UserIdentity.Client))
        {
            throw new RefusedException(
                RefusalKind.NotFound, "identity-not-found", $"cannot find identity \"{user}\" of organization \"{organization}\": there are {UserIdentity.Admin} and {UserIdentity.Client}");
        }

        var identity = await identities.ReadUserAsync(network, organization, user, cancellationToken);
        var trust = await identities.ReadTrustAsync(network, organization, cancellationToken);
        return new IdentityExport
        {
            User = user,
            MspId = identity.MspId,
            Certificate = identity.Signing.CertificatePem,
            PrivateKey = identity.Signing.PrivateKeyPem,
            TlsCertificate = identity.Tls.CertificatePem,
            TlsPrivateKey = identity.Tls.PrivateKeyPem,
            Msp = MspFolder.For(new MspContent
            {
                Roots = trust.Roots,
                Intermediates = trust.Intermediates,
                TlsRoots = trust.TlsRoots,
                TlsIntermediates = trust.TlsIntermediates,
                RevocationLists = trust.RevocationLists,
                Certificate = identity.Signing.CertificatePem,
                PrivateKey = identity.Signing.PrivateKeyPem,
            }),
        };
    }

    /// <summary>Who runs what, as data.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<Topology> TopologyAsync(NetworkReference network, CancellationToken cancellationToken) =>
        Topology.Of((await FindAsync(network, cancellationToken)), await artifacts.ListEndpointsAsync(network, cancellationToken));

    /// <summary>Who runs what, as an SVG picture.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<string> PictureAsync(NetworkReference network, CancellationToken cancellationToken) =>
        TopologyDrawing.Draw(await TopologyAsync(network, cancellationToken));

    private async Task<NetworkRecord> FindAsync(NetworkReference network, CancellationToken cancellationToken) =>
        (await records.GetAsync<NetworkRecord>(RecordNames.Network(network), cancellationToken))?.Record ?? throw Refusals.NoNetwork(network.Network);

    private async Task<NetworkRecord> FindReadyAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        var record = await FindAsync(network, cancellationToken);
        return record.State == NetworkState.Ready
            ? record
            : throw Refusals.NotReady(record, "export from");
    }

    private static void Require(NetworkSpec spec, OrganizationName organization)
    {
        if (spec.Ordering.Organization != organization && spec.Organizations.All(member => member.Name != organization))
        {
            throw new RefusedException(RefusalKind.NotFound, "organization-not-found", $"cannot find organization \"{organization}\" in network \"{spec.Name}\"");
        }
    }
}
