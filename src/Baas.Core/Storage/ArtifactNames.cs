using Baas.Core.Networks;

namespace Baas.Core.Storage;

/// <summary>
/// The names of everything that is stored for a network. Deterministic, so that a second run finds what the first one made.
/// What stands below <c>secrets/</c> is encrypted, what stands below <c>artifacts/</c> is not.
/// </summary>
internal static class ArtifactNames
{
    /// <summary>The folder of a network's plain blobs.</summary>
    public static string Folder(NetworkReference network) => $"artifacts/{network.Tenant}/{network.Network}/";

    /// <summary>The scope of a network's secrets; they share one data key.</summary>
    public static SecretScope Secrets(NetworkReference network) => new($"secrets/{network.Tenant}/{network.Network}/");

    /// <summary>The scope of the certificate authorities that a tenant has brought.</summary>
    public static SecretScope BroughtAuthorities(TenantName tenant) => new($"authorities/{tenant}/");

    /// <summary>The scope of the secret that a tenant's alerts are signed with.</summary>
    public static SecretScope Webhook(TenantName tenant) => new($"webhooks/{tenant}/");

    /// <summary>The scope of the transactions that idempotency keys stand for.</summary>
    public static SecretScope Transactions(NetworkReference network) => new($"transactions/{network.Tenant}/{network.Network}/");

    /// <summary>The transaction of a key, within the network's transactions.</summary>
    public static string Transaction(string key) => $"{key}.bin";

    /// <summary>An organization's certificate authorities, within the network's secrets.</summary>
    public static string Authority(OrganizationName organization) => $"organizations/{organization}/authority.json";

    /// <summary>A node's identity, within the network's secrets.</summary>
    public static string Node(NodeReference node) => $"organizations/{node.Organization}/nodes/{node.Node}.json";

    /// <summary>A node's identity while its certificates are renewed, within the network's secrets.</summary>
    public static string Renewal(NodeReference node) => $"organizations/{node.Organization}/renewals/{node.Node}.json";

    /// <summary>The password that a peer and the CouchDB beside it share, within the network's secrets.</summary>
    public static string DatabasePassword(NodeReference peer) => $"organizations/{peer.Organization}/databases/{peer.Node}.txt";

    /// <summary>A user's identity, within the network's secrets.</summary>
    public static string User(OrganizationName organization, string user) => $"organizations/{organization}/users/{user}.json";

    /// <summary>A certificate authority that a tenant has brought, within the tenant's authorities.</summary>
    public static string BroughtAuthority(CaName authority) => $"{authority}.json";

    /// <summary>The folder of what others know of the organizations.</summary>
    public static string Organizations(NetworkReference network) => $"{Folder(network)}organizations/";

    /// <summary>What others need to trust an organization.</summary>
    public static string Trust(NetworkReference network, OrganizationName organization) => $"{Organizations(network)}{organization}/trust.json";

    /// <summary>The folder of the records of where nodes listen.</summary>
    public static string Endpoints(NetworkReference network) => $"{Folder(network)}endpoints/";

    /// <summary>Where a node listens.</summary>
    public static string Endpoint(NetworkReference network, NodeReference node) => $"{Endpoints(network)}{node.Organization}/{node.Node}.json";

    /// <summary>The names that the network's pods find without DNS.</summary>
    public static string Aliases(NetworkReference network) => $"{Folder(network)}aliases.json";

    /// <summary>A channel's genesis block. The sign behind its name makes a segment of a name that ends with a dot, too.</summary>
    public static string Genesis(NetworkReference network, ChannelName channel) => $"{Folder(network)}channels/{channel}=/genesis.block";

    /// <summary>The transaction that proves one sequence of a chaincode, in the folder of its packages.</summary>
    public static string Proof(NetworkReference network, ChaincodeSpec chaincode) =>
        $"{Folder(network)}chaincodes/{NodeReference.Chaincode(OrganizationName.Parse("any"), chaincode.Channel, chaincode.Name).Node}/proof-{chaincode.Sequence}.bin";

    /// <summary>An organization's package of one version of a chaincode, in a folder named like the server that it leads to.</summary>
    public static string Package(NetworkReference network, OrganizationName organization, ChaincodeSpec chaincode) =>
        $"{Folder(network)}chaincodes/{NodeReference.Chaincode(organization, chaincode.Channel, chaincode.Name).Node}/{organization}-{chaincode.Version}.tar.gz";
}
