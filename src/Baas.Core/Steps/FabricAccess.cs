using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps;

/// <summary>The way to a network's Fabric nodes: the stores say whom to trust and who asks.</summary>
internal sealed class FabricAccess(FabricConnections connections, IdentityStore identities)
{
    /// <summary>The way to a node.</summary>
    /// <exception cref="Storage.StorageException">The node's organization has no authorities yet.</exception>
    public async Task<NodeConnection> ConnectAsync(NetworkReference network, NodeEndpoint node, CancellationToken cancellationToken)
    {
        var trust = await identities.ReadTrustAsync(network, node.Node.Organization, cancellationToken);
        return connections.To(node, new NodeTls { Roots = trust.TlsRoots, Intermediates = trust.TlsIntermediates });
    }

    /// <summary>The way to a node's admin port, shown the TLS certificate of its organization's administrator.</summary>
    /// <exception cref="Storage.StorageException">The node's organization has no authorities or no administrator yet.</exception>
    public async Task<NodeConnection> ConnectAsAdministratorAsync(NetworkReference network, NodeEndpoint node, CancellationToken cancellationToken)
    {
        var trust = await identities.ReadTrustAsync(network, node.Node.Organization, cancellationToken);
        var admin = await identities.ReadUserAsync(network, node.Node.Organization, UserIdentity.Admin, cancellationToken);
        var shown = new ClientCertificate(admin.Tls.CertificatePem, admin.Tls.PrivateKeyPem);
        return connections.To(node, new NodeTls { Roots = trust.TlsRoots, Intermediates = trust.TlsIntermediates, Client = shown });
    }

    /// <summary>The ways to several nodes, in their order.</summary>
    /// <exception cref="Storage.StorageException">An organization has no authorities yet.</exception>
    public async Task<IReadOnlyList<NodeConnection>> ConnectAsync(NetworkReference network, IEnumerable<NodeEndpoint> nodes, CancellationToken cancellationToken) =>
        await Task.WhenAll(nodes.Select(node => ConnectAsync(network, node, cancellationToken)));

    /// <summary>The gateways of peers of one organization, as its client user. The caller disposes it.</summary>
    /// <exception cref="Storage.StorageException">The organization has no authorities or no client user yet.</exception>
    public async Task<SignedGateway> GatewayAsync(NetworkReference network, IReadOnlyList<NodeEndpoint> peers, GatewayDeadlines deadlines, TimeProvider clock, CancellationToken cancellationToken)
    {
        var user = await identities.ReadUserAsync(network, peers[0].Node.Organization, UserIdentity.Client, cancellationToken);
        var signer = Signers.FromPem(user.MspId, user.Signing.CertificatePem, user.Signing.PrivateKeyPem);
        return new SignedGateway(new GatewayClient(await ConnectAsync(network, peers, cancellationToken), signer, deadlines, clock), signer);
    }

    /// <summary>Signs as an organization's administrator. The caller disposes it.</summary>
    /// <exception cref="Storage.StorageException">The administrator has no identity yet.</exception>
    public async Task<ISigner> AdministratorOfAsync(NetworkReference network, OrganizationName organization, CancellationToken cancellationToken)
    {
        var admin = await identities.ReadUserAsync(network, organization, UserIdentity.Admin, cancellationToken);
        return Signers.FromPem(admin.MspId, admin.Signing.CertificatePem, admin.Signing.PrivateKeyPem);
    }
}
