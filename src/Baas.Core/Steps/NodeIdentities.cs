using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Steps;

/// <summary>Brings nodes' identities from the store into the shape that manifests want.</summary>
internal static class NodeIdentities
{
    /// <summary>The files of a node's identity.</summary>
    /// <exception cref="Storage.StorageException">The identity was not issued yet.</exception>
    public static async Task<NodeFiles> ReadFilesAsync(this IdentityStore identities, NetworkReference network, NodeReference node, CancellationToken cancellationToken)
    {
        var identity = await identities.ReadNodeAsync(network, node, cancellationToken);
        var trust = await identities.ReadTrustAsync(network, node.Organization, cancellationToken);
        return new NodeFiles(MspOf(identity, trust), identity.Tls.CertificatePem, identity.Tls.PrivateKeyPem, trust.TlsRoots.Concat(trust.TlsIntermediates));
    }

    private static IReadOnlyDictionary<string, string> MspOf(NodeIdentity identity, OrganizationTrust trust) => identity.Signing is not { } signing
        ? new Dictionary<string, string>()
        : MspFolder.For(new MspContent
        {
            Roots = trust.Roots,
            Intermediates = trust.Intermediates,
            TlsRoots = trust.TlsRoots,
            TlsIntermediates = trust.TlsIntermediates,
            RevocationLists = trust.RevocationLists,
            Certificate = signing.CertificatePem,
            PrivateKey = signing.PrivateKeyPem,
        });
}
