using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Operations.Transactions;

/// <summary>Opens the gateways of a network's peers as the client user of one of its organizations.</summary>
internal sealed class NetworkGateways(RecordStore records, IdentityStore identities, ArtifactStore artifacts, FabricConnections connections, TimeProvider clock)
{
    /// <summary>The specification of a network that is ready and has the channel, with the organization that asks.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>network-not-ready</c>, <c>channel-not-found</c>, <c>organization-not-found</c>.</exception>
    public async Task<(NetworkSpec Spec, OrganizationSpec Asker)> FindAsync(TransactionTarget target, CancellationToken cancellationToken)
    {
        var (network, name, wanted) = target;
        var record = (await records.GetAsync<NetworkRecord>(RecordNames.Network(network), cancellationToken))?.Record ?? throw Refusals.NoNetwork(network.Network);
        if (record.State != NetworkState.Ready)
        {
            throw Refusals.NotReady(record, "use");
        }

        var channel = record.Spec.Channels.FirstOrDefault(channel => channel.Name == name)
            ?? throw new RefusedException(RefusalKind.NotFound, "channel-not-found", $"cannot find channel \"{name}\" in network \"{network.Network}\"");
        var asker = wanted ?? channel.Organizations[0];
        return (record.Spec, Member(record.Spec, channel, asker));
    }

    /// <summary>The member organization of a channel.</summary>
    /// <exception cref="RefusedException"><c>organization-not-found</c>.</exception>
    public static OrganizationSpec Member(NetworkSpec spec, ChannelSpec channel, OrganizationName name) =>
        channel.Organizations.Contains(name) && spec.Organizations.FirstOrDefault(organization => organization.Name == name) is { } member
            ? member
            : throw new RefusedException(RefusalKind.NotFound, "organization-not-found", $"cannot find organization \"{name}\" among the members of channel \"{channel.Name}\"");

    /// <summary>The gateways of the organization's own peers, and who signs; the caller disposes both.</summary>
    public async Task<(GatewayClient Client, ISigner Signer)> OpenAsync(
        NetworkReference network, OrganizationName organization, GatewayDeadlines deadlines, CancellationToken cancellationToken)
    {
        var trust = await identities.ReadTrustAsync(network, organization, cancellationToken);
        var user = await identities.ReadUserAsync(network, organization, UserIdentity.Client, cancellationToken);
        var tls = new NodeTls { Roots = trust.TlsRoots, Intermediates = trust.TlsIntermediates };
        var peers = (await artifacts.ListEndpointsAsync(network, cancellationToken)).Where(endpoint => endpoint.Role == NodeRole.Peer && endpoint.Node.Organization == organization);
        var signer = Signers.FromPem(user.MspId, user.Signing.CertificatePem, user.Signing.PrivateKeyPem);
        return (new GatewayClient([.. peers.Select(peer => connections.To(peer, tls))], signer, deadlines, clock), signer);
    }
}
