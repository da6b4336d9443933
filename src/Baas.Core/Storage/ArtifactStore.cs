using Baas.Core.Networks;

namespace Baas.Core.Storage;

/// <summary>What a network is made of, apart from keys: genesis blocks, chaincode packages, and where its nodes listen.</summary>
internal sealed class ArtifactStore(IBlobStore blobs)
{
    /// <summary>The names that the network's pods find without DNS; none for a network that is where it was made.</summary>
    public async Task<IReadOnlyList<HostAlias>> ReadAliasesAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        var name = ArtifactNames.Aliases(network);
        return await FindAsync(name, cancellationToken) is { } content ? StorageJson.Read<IReadOnlyList<HostAlias>>(name, content) : [];
    }

    /// <summary>Stores the names that the network's pods find without DNS, in place of those that were there; none: forgets them.</summary>
    public Task PutAliasesAsync(NetworkReference network, IReadOnlyList<HostAlias> aliases, CancellationToken cancellationToken) => aliases.Count == 0
        ? blobs.DeleteAsync(ArtifactNames.Aliases(network), BlobCondition.None, cancellationToken)
        : blobs.PutAsync(ArtifactNames.Aliases(network), StorageJson.Write(aliases), BlobCondition.None, cancellationToken);

    /// <summary>A channel's genesis block; null when it was not made yet.</summary>
    public Task<byte[]?> FindGenesisAsync(NetworkReference network, ChannelName channel, CancellationToken cancellationToken) =>
        FindAsync(ArtifactNames.Genesis(network, channel), cancellationToken);

    /// <summary>Stores a channel's genesis block unless one is there.</summary>
    /// <returns>The block that is stored now: the one that counts.</returns>
    public Task<byte[]> AddGenesisAsync(NetworkReference network, ChannelName channel, ReadOnlyMemory<byte> block, CancellationToken cancellationToken) =>
        AddAsync(ArtifactNames.Genesis(network, channel), block, cancellationToken);

    /// <summary>Deletes a channel's genesis block; the absent counts as deleted.</summary>
    public Task DeleteGenesisAsync(NetworkReference network, ChannelName channel, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(ArtifactNames.Genesis(network, channel), BlobCondition.None, cancellationToken);

    /// <summary>An organization's package of one version of a chaincode; null when it was not made yet.</summary>
    public Task<byte[]?> FindPackageAsync(NetworkReference network, OrganizationName organization, ChaincodeSpec chaincode, CancellationToken cancellationToken) =>
        FindAsync(ArtifactNames.Package(network, organization, chaincode), cancellationToken);

    /// <summary>Stores an organization's chaincode package unless one is there.</summary>
    /// <returns>The package that is stored now: the one that counts.</returns>
    public Task<byte[]> AddPackageAsync(
        NetworkReference network, OrganizationName organization, ChaincodeSpec chaincode, ReadOnlyMemory<byte> package, CancellationToken cancellationToken) =>
        AddAsync(ArtifactNames.Package(network, organization, chaincode), package, cancellationToken);

    /// <summary>Deletes an organization's chaincode package; the absent counts as deleted.</summary>
    public Task DeletePackageAsync(NetworkReference network, OrganizationName organization, ChaincodeSpec chaincode, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(ArtifactNames.Package(network, organization, chaincode), BlobCondition.None, cancellationToken);

    /// <summary>The transaction that proves a chaincode; null when it was not made yet.</summary>
    public Task<byte[]?> FindProofAsync(NetworkReference network, ChaincodeSpec chaincode, CancellationToken cancellationToken) =>
        FindAsync(ArtifactNames.Proof(network, chaincode), cancellationToken);

    /// <summary>Stores the transaction that proves a chaincode unless one is there.</summary>
    /// <returns>The transaction that is stored now: the one that counts.</returns>
    public Task<byte[]> AddProofAsync(NetworkReference network, ChaincodeSpec chaincode, ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken) =>
        AddAsync(ArtifactNames.Proof(network, chaincode), transaction, cancellationToken);

    /// <summary>Deletes the transaction that proves a chaincode; the absent counts as deleted.</summary>
    public Task DeleteProofAsync(NetworkReference network, ChaincodeSpec chaincode, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(ArtifactNames.Proof(network, chaincode), BlobCondition.None, cancellationToken);

    /// <summary>Where a node listens; null when that was not recorded.</summary>
    public async Task<NodeEndpoint?> FindEndpointAsync(NetworkReference network, NodeReference node, CancellationToken cancellationToken) =>
        await ReadEndpointAsync(ArtifactNames.Endpoint(network, node), cancellationToken);

    /// <summary>Records where a node listens, in place of what was recorded before.</summary>
    public Task PutEndpointAsync(NetworkReference network, NodeEndpoint endpoint, CancellationToken cancellationToken) =>
        blobs.PutAsync(ArtifactNames.Endpoint(network, endpoint.Node), StorageJson.Write(endpoint), BlobCondition.None, cancellationToken);

    /// <summary>Forgets where a node listens; the absent counts as deleted.</summary>
    public Task DeleteEndpointAsync(NetworkReference network, NodeReference node, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(ArtifactNames.Endpoint(network, node), BlobCondition.None, cancellationToken);

    /// <summary>Where the network's nodes listen, ordered by organization and node.</summary>
    public async Task<IReadOnlyList<NodeEndpoint>> ListEndpointsAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        List<NodeEndpoint> endpoints = [];
        await foreach (var name in blobs.ListAsync(ArtifactNames.Endpoints(network), null, cancellationToken))
        {
            // Null: deleted since it was listed.
            if (await ReadEndpointAsync(name, cancellationToken) is { } endpoint)
            {
                endpoints.Add(endpoint);
            }
        }

        return endpoints;
    }

    /// <summary>Deletes all plain blobs of a network.</summary>
    public async Task DeleteAllAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        await foreach (var name in blobs.ListAsync(ArtifactNames.Folder(network), null, cancellationToken))
        {
            await blobs.DeleteAsync(name, BlobCondition.None, cancellationToken);
        }
    }

    private async Task<NodeEndpoint?> ReadEndpointAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) is { } content ? StorageJson.Read<NodeEndpoint>(name, content) : null;

    private async Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await blobs.GetAsync(name, cancellationToken))?.Content.ToArray();

    private async Task<byte[]> AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        byte[]? stored;
        while ((stored = await FindAsync(name, cancellationToken)) is null)
        {
            try
            {
                await blobs.PutAsync(name, content, BlobCondition.Absent, cancellationToken);
                return content.ToArray();
            }
            catch (BlobConflictException)
            {
                // Somebody else was first: theirs counts, and is read by the next turn.
                continue;
            }
        }

        return stored;
    }
}
