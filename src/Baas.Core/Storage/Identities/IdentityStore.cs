using Baas.Core.Networks;

namespace Baas.Core.Storage.Identities;

/// <summary>The keys and certificates of networks. Private keys are encrypted; what others need for trust is plain.</summary>
internal sealed class IdentityStore(SecretStore secrets, IBlobStore blobs)
{
    /// <summary>An organization's certificate authorities; null when they were not made yet.</summary>
    public Task<AuthorityKeys?> FindAuthorityAsync(NetworkReference network, OrganizationName organization, CancellationToken cancellationToken) =>
        FindAsync<AuthorityKeys>(network, ArtifactNames.Authority(organization), cancellationToken);

    /// <summary>An organization's certificate authorities.</summary>
    /// <exception cref="StorageException">They were not made yet (<c>identity-missing</c>).</exception>
    public async Task<AuthorityKeys> ReadAuthorityAsync(NetworkReference network, OrganizationName organization, CancellationToken cancellationToken) =>
        await FindAuthorityAsync(network, organization, cancellationToken) ?? throw Missing("certificate authorities", $"{organization} of {network}");

    /// <summary>Stores an organization's certificate authorities unless some are there.</summary>
    /// <returns>Those that are stored now: the ones that count.</returns>
    public Task<AuthorityKeys> AddAuthorityAsync(NetworkReference network, OrganizationName organization, AuthorityKeys keys, CancellationToken cancellationToken) =>
        AddAsync(network, ArtifactNames.Authority(organization), keys, cancellationToken);

    /// <summary>Deletes an organization's certificate authorities and what others know of them; the absent counts as deleted.</summary>
    public async Task DeleteAuthorityAsync(NetworkReference network, OrganizationName organization, CancellationToken cancellationToken)
    {
        await blobs.DeleteAsync(ArtifactNames.Trust(network, organization), BlobCondition.None, cancellationToken);
        await secrets.DeleteAsync(ArtifactNames.Secrets(network), ArtifactNames.Authority(organization), cancellationToken);
    }

    /// <summary>A node's identity; null when none was issued yet.</summary>
    public Task<NodeIdentity?> FindNodeAsync(NetworkReference network, NodeReference node, CancellationToken cancellationToken) =>
        FindAsync<NodeIdentity>(network, ArtifactNames.Node(node), cancellationToken);

    /// <summary>A node's identity.</summary>
    /// <exception cref="StorageException">None was issued yet (<c>identity-missing</c>).</exception>
    public async Task<NodeIdentity> ReadNodeAsync(NetworkReference network, NodeReference node, CancellationToken cancellationToken) =>
        await FindNodeAsync(network, node, cancellationToken) ?? throw Missing("identity of node", $"{node} of {network}");

    /// <summary>Stores a node's identity unless one is there.</summary>
    /// <returns>The one that is stored now: the one that counts.</returns>
    public Task<NodeIdentity> AddNodeAsync(NetworkReference network, NodeReference node, NodeIdentity identity, CancellationToken cancellationToken) =>
        AddAsync(network, ArtifactNames.Node(node), identity, cancellationToken);

    /// <summary>Stores a node's renewed identity in place of the former.</summary>
    public Task ReplaceNodeAsync(NetworkReference network, NodeReference node, NodeIdentity identity, CancellationToken cancellationToken) =>
        secrets.PutAsync(ArtifactNames.Secrets(network), ArtifactNames.Node(node), StorageJson.Write(identity), cancellationToken);

    /// <summary>Deletes a node's identity; the absent counts as deleted.</summary>
    public Task DeleteNodeAsync(NetworkReference network, NodeReference node, CancellationToken cancellationToken) =>
        secrets.DeleteAsync(ArtifactNames.Secrets(network), ArtifactNames.Node(node), cancellationToken);

    /// <summary>What a node had and gets while its certificates are renewed; null when they are not.</summary>
    public Task<NodeRenewal?> FindRenewalAsync(NetworkReference network, NodeReference node, CancellationToken cancellationToken) =>
        FindAsync<NodeRenewal>(network, ArtifactNames.Renewal(node), cancellationToken);

    /// <summary>Stores what a node has and is to get, in place of what an earlier operation may have left.</summary>
    public Task PutRenewalAsync(NetworkReference network, NodeReference node, NodeRenewal renewal, CancellationToken cancellationToken) =>
        secrets.PutAsync(ArtifactNames.Secrets(network), ArtifactNames.Renewal(node), StorageJson.Write(renewal), cancellationToken);

    /// <summary>Forgets what a node had; the absent counts as forgotten.</summary>
    public Task DeleteRenewalAsync(NetworkReference network, NodeReference node, CancellationToken cancellationToken) =>
        secrets.DeleteAsync(ArtifactNames.Secrets(network), ArtifactNames.Renewal(node), cancellationToken);

    /// <summary>A user's identity; null when none was issued yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="organization">The user's organization.</param>
    /// <param name="user"><see cref="UserIdentity.Admin"/>, <see cref="UserIdentity.Client"/> or another name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<UserIdentity?> FindUserAsync(NetworkReference network, OrganizationName organization, string user, CancellationToken cancellationToken) =>
        FindAsync<UserIdentity>(network, ArtifactNames.User(organization, user), cancellationToken);

    /// <summary>A user's identity.</summary>
    /// <exception cref="StorageException">None was issued yet (<c>identity-missing</c>).</exception>
    public async Task<UserIdentity> ReadUserAsync(NetworkReference network, OrganizationName organization, string user, CancellationToken cancellationToken) =>
        await FindUserAsync(network, organization, user, cancellationToken) ?? throw Missing("identity of user", $"{user}.{organization} of {network}");

    /// <summary>Stores a user's identity unless one is there.</summary>
    /// <returns>The one that is stored now: the one that counts.</returns>
    public Task<UserIdentity> AddUserAsync(NetworkReference network, OrganizationName organization, string user, UserIdentity identity, CancellationToken cancellationToken) =>
        AddAsync(network, ArtifactNames.User(organization, user), identity, cancellationToken);

    /// <summary>Stores a user's renewed identity in place of the former.</summary>
    public Task ReplaceUserAsync(NetworkReference network, OrganizationName organization, string user, UserIdentity identity, CancellationToken cancellationToken) =>
        secrets.PutAsync(ArtifactNames.Secrets(network), ArtifactNames.User(organization, user), StorageJson.Write(identity), cancellationToken);

    /// <summary>Deletes a user's identity; the absent counts as deleted.</summary>
    public Task DeleteUserAsync(NetworkReference network, OrganizationName organization, string user, CancellationToken cancellationToken) =>
        secrets.DeleteAsync(ArtifactNames.Secrets(network), ArtifactNames.User(organization, user), cancellationToken);

    /// <summary>What others need to trust an organization; null when its authorities were not made yet.</summary>
    public async Task<OrganizationTrust?> FindTrustAsync(NetworkReference network, OrganizationName organization, CancellationToken cancellationToken)
    {
        var name = ArtifactNames.Trust(network, organization);
        return await blobs.GetAsync(name, cancellationToken) is { } blob ? StorageJson.Read<OrganizationTrust>(name, blob.Content.Span) : null;
    }

    /// <summary>What others need to trust an organization.</summary>
    /// <exception cref="StorageException">Its authorities were not made yet (<c>identity-missing</c>).</exception>
    public async Task<OrganizationTrust> ReadTrustAsync(NetworkReference network, OrganizationName organization, CancellationToken cancellationToken) =>
        await FindTrustAsync(network, organization, cancellationToken) ?? throw Missing("trust of organization", $"{organization} of {network}");

    /// <summary>Stores what others need to trust an organization, in place of what was there.</summary>
    public Task PutTrustAsync(NetworkReference network, OrganizationName organization, OrganizationTrust trust, CancellationToken cancellationToken) =>
        blobs.PutAsync(ArtifactNames.Trust(network, organization), StorageJson.Write(trust), BlobCondition.None, cancellationToken);

    /// <summary>Deletes all keys of a network, and what others know of its organizations.</summary>
    public async Task DeleteAllAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        await foreach (var name in blobs.ListAsync(ArtifactNames.Organizations(network), null, cancellationToken))
        {
            await blobs.DeleteAsync(name, BlobCondition.None, cancellationToken);
        }

        await secrets.DeleteAllAsync(ArtifactNames.Secrets(network), cancellationToken);
    }

    private async Task<TRecord?> FindAsync<TRecord>(NetworkReference network, string secret, CancellationToken cancellationToken)
        where TRecord : class
    {
        var scope = ArtifactNames.Secrets(network);
        return await secrets.GetAsync(scope, secret, cancellationToken) is { } content ? StorageJson.Read<TRecord>(scope.BlobOf(secret), content) : null;
    }

    private async Task<TRecord> AddAsync<TRecord>(NetworkReference network, string secret, TRecord record, CancellationToken cancellationToken)
    {
        var scope = ArtifactNames.Secrets(network);
        var stored = await secrets.PutIfAbsentAsync(scope, secret, StorageJson.Write(record), cancellationToken);
        return StorageJson.Read<TRecord>(scope.BlobOf(secret), stored);
    }

    private static StorageException Missing(string kind, string name) => new("identity-missing", $"cannot read {kind} \"{name}\": it was not issued");
}
