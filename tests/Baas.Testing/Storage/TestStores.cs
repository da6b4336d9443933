using Baas.Core.Storage;
using Baas.Core.Storage.Identities;

namespace Baas.Testing.Storage;

/// <summary>The stores of Baas over one blob store, in memory unless told otherwise.</summary>
internal sealed class TestStores
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    public TestStores(IBlobStore? blobs = null)
    {
        Blobs = blobs ?? new MemoryBlobStore();
        MasterKey = new AesMasterKey(Key);
        Secrets = new SecretStore(Blobs, MasterKey);
        Identities = new IdentityStore(Secrets, Blobs);
        Artifacts = new ArtifactStore(Blobs);
        Transactions = new TransactionStore(Secrets);
        BroughtAuthorities = new BroughtAuthorityStore(Secrets);
    }

    public IBlobStore Blobs { get; }

    public AesMasterKey MasterKey { get; }

    public SecretStore Secrets { get; }

    public IdentityStore Identities { get; }

    public ArtifactStore Artifacts { get; }

    public TransactionStore Transactions { get; }

    public BroughtAuthorityStore BroughtAuthorities { get; }
}
