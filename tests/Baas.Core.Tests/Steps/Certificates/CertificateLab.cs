using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Steps.Certificates;
using Baas.Core.Storage.Identities;
using Baas.Core.Tests.Pki;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Steps.Certificates;

/// <summary>An organization with a peer, whose keys and certificates steps make on a store in memory, at a time that the test sets.</summary>
internal sealed class CertificateLab
{
    public CertificateLab() => Stores = new TestStores(Blobs);

    public static NetworkReference Network { get; } = new(TenantName.Parse("acme"), NetworkName.Parse("net1"));

    public static OrganizationName Organization { get; } = OrganizationName.Parse("org1");

    public static MspId Msp { get; } = MspId.Parse("Org1MSP");

    public static NodeReference Peer { get; } = NodeReference.Peer(Organization, 1);

    public static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public MemoryBlobStore Blobs { get; } = new();

    public TestClock Clock { get; } = new(DateTimeOffset.UtcNow);

    public TestStores Stores { get; }

    public CertificateIssuer Issuer => new(Clock);

    public CreateAuthorities Authorities => new(Stores.Identities, Stores.BroughtAuthorities, Issuer);

    public IssueUsers Users => new(Stores.Identities, Issuer);

    public IssueNodeCertificates Nodes => new(Stores.Identities, Issuer);

    public Task AuthoritiesAsync(CaSpec? ca = null) => Authorities.ApplyAsync(new CreateAuthorities.Input(Network, Organization, Msp, ca ?? new CaSpec()), Soon);

    public Task UsersAsync() => Users.ApplyAsync(new IssueUsers.Input(Network, Organization, Msp, new CaSpec()), Soon);

    /// <summary>Issues the peer's certificates.</summary>
    /// <returns>Their fingerprint.</returns>
    public async Task<string> IssueAsync(params string[] hosts) =>
        (await Nodes.ApplyAsync(new IssueNodeCertificates.Input(Network, Peer, Msp, NodeRole.Peer, new CaSpec(), hosts), Soon)).Fingerprint;

    public Task<NodeIdentity> NodeAsync() => Stores.Identities.ReadNodeAsync(Network, Peer, Soon);
}
